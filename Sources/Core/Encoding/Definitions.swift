/// Every named type that a list of shapes reaches, each once, in the order of first mention.
public struct Definitions: Sendable {
  /// Two different shapes share a name.
  public struct Conflict: Error, Equatable, Sendable, CustomStringConvertible {
    public let name: String
    public var description: String { "two different types are called \(name)" }
  }

  /// Records, variants, enumerations and open unions.
  public private(set) var shapes: [Shape] = []
  /// Resolves the open unions among the shapes.
  public let unions: Unions
  private var places: [String: Int] = [:]

  public init(reachableFrom shapes: [Shape], unions: Unions) throws(Conflict) {
    self.unions = unions
    for shape in shapes { try add(shape) }
  }

  private mutating func add(_ shape: Shape) throws(Conflict) {
    if let name = shape.name {
      if let place = places[name] {
        guard shapes[place] == shape else { throw Conflict(name: name) }
        return
      }
      places[name] = shapes.count
      shapes.append(shape)
    }
    for child in shape.children(unions) { try add(child) }
  }
}

extension Shape {
  /// The name under which it is defined once, or `nil` when it is written where it is used.
  var name: String? {
    switch self {
    case .scalar, .optional, .list: nil
    case .enumeration(let choices): choices.name
    case .record(let structure), .variant(let structure): structure.name
    case .union(let name, _): name
    }
  }

  fileprivate func children(_ unions: Unions) -> [Shape] {
    switch self {
    case .scalar, .enumeration: []
    case .optional(let shape), .list(let shape): [shape]
    case .record(let structure), .variant(let structure): structure.parts.map(\.shape)
    case .union(let name, _): unions.members(of: name).map { $0.shape }
    }
  }
}

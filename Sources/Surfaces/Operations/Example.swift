public import Encoding

extension Shape {
  /// A value of the shape, as documentation shows it.
  public func example(_ unions: Unions) -> JSON { example(unions, depth: 0) }

  /// Lists and optional parts end where a shape contains itself.
  private func example(_ unions: Unions, depth: Int) -> JSON {
    let isDeep = depth > 6
    switch self {
    case .scalar(let scalar): return scalar.exampleValue
    case .enumeration(let choices): return choices.choices.first.map { .string($0.name) } ?? .null
    case .optional(let shape): return isDeep ? .null : shape.example(unions, depth: depth + 1)
    case .list(let shape): return .array(isDeep ? [] : [shape.example(unions, depth: depth + 1)])
    case .record(let structure): return Self.object(structure.parts, unions, depth)
    case .variant(let structure): return Self.object(structure.parts.prefix(1), unions, depth)
    case .union(let name, _):
      let members = unions.members(of: name).prefix(1)
      return .object(members.map { JSON.Member($0.jsonName, $0.shape.example(unions, depth: depth + 1)) })
    }
  }

  private static func object(
    _ parts: some Sequence<Shape.Structure.Part>, _ unions: Unions, _ depth: Int
  ) -> JSON {
    .object(
      parts.compactMap { part in
        let value = part.shape.example(unions, depth: depth + 1)
        return value == .null ? nil : JSON.Member(part.name, value)
      })
  }
}

extension Shape.Scalar {
  fileprivate var exampleValue: JSON {
    switch json {
    case .string: .string(example)
    case .integer: .number(example)
    case .boolean: .boolean(example == "true")
    }
  }
}

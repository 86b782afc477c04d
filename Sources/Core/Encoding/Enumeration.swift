/// A closed list of named numbers, counted from one so that a missing field is never mistaken for a choice.
public protocol Enumeration: Value, RawRepresentable<UInt32>, CaseIterable, Hashable {
  static var name: String { get }
  static var doc: String { get }
}

extension Enumeration {
  public static var shape: Shape {
    let choices = allCases.map { Shape.Choices.Choice(number: $0.rawValue, name: "\($0)") }
    precondition(
      choices.allSatisfy { 1...UInt32(Int32.max) ~= $0.number && $0.name.isLowerCamelCase },
      "\(name): choices are counted from one and named in lowerCamelCase")
    return .enumeration(Shape.Choices(name: name, doc: doc, choices: choices))
  }
  public static var wireType: WireType { .varint }
  public static var absent: Self? { nil }
  public func write(to writer: inout Writer) { writer.varint(UInt64(rawValue)) }
  public init(from reader: inout Reader) throws(DecodingError) {
    let number = try UInt32(from: &reader)
    guard let choice = Self(rawValue: number) else { throw DecodingError(.unknownCase(number)) }
    self = choice
  }
  public var json: JSON { .string("\(self)") }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw Self.expected }
    try self.init(text: text[...])
  }
  public init(text: Substring) throws(FieldError) {
    guard let choice = Self.allCases.first(where: { "\($0)".utf8.elementsEqual(text.utf8) }) else {
      throw Self.expected
    }
    self = choice
  }
  private static var expected: FieldError {
    FieldError("expected one of \(allCases.map { "\($0)" }.joined(separator: ", "))")
  }
  public static func sample(_ random: inout Random) -> Self { Array(allCases)[random.below(allCases.count)] }
}

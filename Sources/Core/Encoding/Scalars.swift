extension Bool: Value {
  public static var shape: Shape {
    .scalar(Shape.Scalar(proto: "bool", json: .boolean, format: "true|false", example: "true"))
  }
  @inlinable
  public static var wireType: WireType { .varint }
  @inlinable
  public static var absent: Bool? { false }
  @inlinable
  public func write(to writer: inout Writer) { writer.varint(self ? 1 : 0) }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    switch try reader.varint() {
    case 0: self = false
    case 1: self = true
    default: throw DecodingError(.valueOutOfRange)
    }
  }
  public var json: JSON { .boolean(self) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .boolean(let value) = json else { throw FieldError("expected true or false") }
    self = value
  }
  public init(text: Substring) throws(FieldError) {
    switch text {
    case "true": self = true
    case "false": self = false
    default: throw FieldError("expected true or false")
    }
  }
  public static func sample(_ random: inout Random) -> Bool { random.below(2) == 1 }
}

extension UInt64: Value {
  public static var shape: Shape {
    .scalar(Shape.Scalar(proto: "uint64", format: "number", pattern: "^(0|[1-9][0-9]{0,19})$", example: "1"))
  }
  @inlinable
  public static var wireType: WireType { .varint }
  @inlinable
  public static var absent: UInt64? { 0 }
  @inlinable
  public func write(to writer: inout Writer) { writer.varint(self) }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) { self = try reader.varint() }
  public var json: JSON { .string(String(self)) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    switch json {
    case .string(let digits), .number(let digits): self = try UInt64(text: digits[...])
    default: throw FieldError("expected a whole number, as a string or a number")
    }
  }
  public init(text: Substring) throws(FieldError) {
    guard text.isWholeNumber, let value = UInt64(text) else {
      throw FieldError("expected a whole number from 0 to \(UInt64.max)")
    }
    self = value
  }
  /// Small and large numbers alike: the count of significant bits is uniform.
  public static func sample(_ random: inout Random) -> UInt64 { random.next() >> (random.next() % 64) }
}

extension UInt32: Value {
  public static var shape: Shape {
    .scalar(Shape.Scalar(proto: "uint32", json: .integer, format: "number", example: "1"))
  }
  @inlinable
  public static var wireType: WireType { .varint }
  @inlinable
  public static var absent: UInt32? { 0 }
  @inlinable
  public func write(to writer: inout Writer) { writer.varint(UInt64(self)) }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    guard let value = UInt32(exactly: try reader.varint()) else { throw DecodingError(.valueOutOfRange) }
    self = value
  }
  public var json: JSON { .number(String(self)) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    switch json {
    case .string(let digits), .number(let digits): self = try UInt32(text: digits[...])
    default: throw FieldError("expected a whole number")
    }
  }
  public init(text: Substring) throws(FieldError) {
    guard text.isWholeNumber, let value = UInt32(text) else {
      throw FieldError("expected a whole number from 0 to \(UInt32.max)")
    }
    self = value
  }
  public static func sample(_ random: inout Random) -> UInt32 {
    UInt32(truncatingIfNeeded: random.next()) >> UInt32(random.below(32))
  }
}

extension String: Value {
  public static var shape: Shape { .scalar(Shape.Scalar(proto: "string", format: "text", example: "text")) }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: String? { "" }
  @inlinable
  public func write(to writer: inout Writer) {
    writer.varint(UInt64(utf8.count))
    writer.append(utf8)
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    let length = try reader.length()
    guard let text = String(validating: try reader.take(length), as: UTF8.self) else {
      throw DecodingError(.invalidUTF8)
    }
    self = text
  }
  public var json: JSON { .string(self) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw FieldError("expected a string") }
    self = text
  }
  public init(text: Substring) throws(FieldError) { self = String(text) }
  public static func sample(_ random: inout Random) -> String {
    let alphabet = ["a", "Z", "0", " ", "\"", "\\", "\n", "é", "漢", "🜁", "/", "\u{1}"]
    return (0..<random.below(12)).map { _ in alphabet[random.below(alphabet.count)] }.joined()
  }
}

extension Substring {
  /// Whether it is digits alone, without a leading zero.
  fileprivate var isWholeNumber: Bool {
    utf8.allSatisfy { 0x30...0x39 ~= $0 } && (count == 1 || first != "0")
  }
}

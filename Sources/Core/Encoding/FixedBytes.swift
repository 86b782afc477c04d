/// A byte string of one length, such as a digest or a key; a field of such a type is required.
public protocol FixedBytes: Value, Hashable, CustomStringConvertible {
  /// Length in bytes.
  static var length: Int { get }
  /// Name of the text form.
  static var format: String { get }
  /// Regular expression that every text form matches.
  static var pattern: String { get }
  static var example: String { get }
  /// `bytes` has exactly ``length`` elements.
  init(validating bytes: ArraySlice<UInt8>) throws(FieldError)
  var bytes: [UInt8] { get }
}

extension FixedBytes {
  public static var pattern: String { "^[0-9a-f]{\(length * 2)}$" }
  public static var example: String { String(repeating: "0a", count: length) }
  public static var shape: Shape {
    .scalar(Shape.Scalar(proto: "bytes", format: format, pattern: pattern, example: example))
  }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: Self? { nil }
  @inlinable
  public func write(to writer: inout Writer) {
    writer.varint(UInt64(Self.length))
    writer.append(bytes)
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    let length = try reader.length()
    guard length == Self.length else { throw DecodingError(.wrongLength(expected: Self.length, found: length)) }
    let bytes = try reader.take(length)
    do { try self.init(validating: bytes) } catch { throw DecodingError(.valueOutOfRange) }
  }
  public var description: String { Hex.encode(bytes) }
  public var json: JSON { .string(description) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw FieldError("expected a string of format \(Self.format)") }
    try self.init(text: text[...])
  }
  public init(text: Substring) throws(FieldError) {
    guard let bytes = Hex.decode(text), bytes.count == Self.length else {
      throw FieldError("expected \(Self.length * 2) lowercase hexadecimal digits")
    }
    try self.init(validating: bytes[...])
  }
}

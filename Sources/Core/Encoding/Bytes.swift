/// A byte string of any length; base64 in JSON.
public struct Bytes: Value, Hashable {
  public let array: [UInt8]

  public init(_ array: [UInt8]) { self.array = array }

  public static var shape: Shape {
    let base64 = "^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
    return .scalar(Shape.Scalar(proto: "bytes", format: "base64", pattern: base64, example: "aGVsbG8="))
  }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: Bytes? { Bytes([]) }
  @inlinable
  public func write(to writer: inout Writer) {
    writer.varint(UInt64(array.count))
    writer.append(array)
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    let length = try reader.length()
    array = Array(try reader.take(length))
  }
  public var json: JSON { .string(Base64.encode(array)) }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    guard case .string(let text) = json else { throw FieldError("expected a base64 string") }
    try self.init(text: text[...])
  }
  public init(text: Substring) throws(FieldError) {
    guard let array = Base64.decode(text) else { throw FieldError("expected base64 with padding") }
    self.array = array
  }
  public static func sample(_ random: inout Random) -> Bytes { Bytes(random.bytes(random.below(40))) }
}

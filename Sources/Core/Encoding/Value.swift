/// A value that a field of a record can hold, with exactly one byte form, one JSON form and one text form.
///
/// The byte form is canonical protobuf (proto3): a value equal to ``absent`` is not written, and everything else has one encoding.
public protocol Value: Sendable, Equatable {
  /// What the value looks like to the outside: the source of `.proto`, JSON Schema and usage texts.
  static var shape: Shape { get }

  /// How the payload is framed on the wire.
  static var wireType: WireType { get }

  /// The value that a missing field stands for, or `nil` when the field is required.
  static var absent: Self? { get }

  /// Appends the payload, with its length where the wire type calls for one, without the tag.
  func write(to writer: inout Writer)

  /// Reads the payload that follows a tag.
  init(from reader: inout Reader) throws(DecodingError)

  /// Appends the value as field `number`, or nothing when it equals ``absent``.
  func write(field number: UInt32, to writer: inout Writer)

  /// Reads field `number` when it comes next, and stands for ``absent`` when it does not.
  init(field number: UInt32, from reader: inout Reader) throws(DecodingError)

  /// The JSON form: proto3's mapping, with digests in hex and addresses in bech32.
  var json: JSON { get }

  /// Reads the JSON form; `unions` resolves open unions.
  init(json: JSON, unions: Unions) throws(FieldError)

  /// Reads the form a person types as a flag or a query parameter.
  init(text: Substring) throws(FieldError)

  /// An arbitrary value, for property tests and golden vectors.
  static func sample(_ random: inout Random) -> Self
}

extension Value {
  @inlinable
  public func write(field number: UInt32, to writer: inout Writer) {
    guard self != Self.absent else { return }
    writer.tag(number, Self.wireType)
    write(to: &writer)
  }

  @inlinable
  public init(field number: UInt32, from reader: inout Reader) throws(DecodingError) {
    guard try reader.accept(number, Self.wireType) else {
      guard let absent = Self.absent else { throw DecodingError(.missing) }
      self = absent
      return
    }
    self = try Self(from: &reader)
    guard self != Self.absent else { throw DecodingError(.explicitDefault) }
  }

  public init(text: Substring) throws(FieldError) { try self.init(parsing: text, unions: .none) }

  /// Reads the form a person types: plain text for scalars and choices, JSON for everything composite.
  public init(text: Substring, unions: Unions) throws(FieldError) {
    if Self.shape.isComposite {
      try self.init(parsing: text, unions: unions)
    } else {
      try self.init(text: text)
    }
  }

  private init(parsing text: Substring, unions: Unions) throws(FieldError) {
    let json: JSON
    do { json = try JSON(parsing: text) } catch { throw FieldError("expected JSON: \(error)") }
    try self.init(json: json, unions: unions)
  }
}

/// The protobuf wire types that records use.
public enum WireType: UInt32, Sendable {
  case varint = 0
  case delimited = 2
}

/// A value made of numbered fields, described once by its schema.
public protocol Record: Value {
  static var schema: Schema<Self> { get }
}

extension Record {
  public static var name: String { schema.structure.name }
  public static var doc: String { schema.structure.doc }
  public static var shape: Shape { .record(schema.structure) }
  @inlinable
  public static var wireType: WireType { .delimited }
  @inlinable
  public static var absent: Self? { nil }

  @inlinable
  public func write(to writer: inout Writer) {
    writer.delimited { writer in Self.schema.write(self, &writer) }
  }
  @inlinable
  public init(from reader: inout Reader) throws(DecodingError) {
    self = try reader.delimited(Self.schema.read)
  }

  public var json: JSON { .object(Self.schema.members(self)) }
  public init(json: JSON, unions: Unions = .none) throws(FieldError) {
    guard case .object(let members) = json else { throw FieldError("expected an object") }
    let names = Self.schema.structure.parts.map(\.name)
    for member in members where !names.contains(where: member.isNamed) {
      throw FieldError("unknown field; known are \(names.joined(separator: ", "))", path: [member.name])
    }
    self = try Self.schema.fromJSON(json, unions)
  }

  public static func sample(_ random: inout Random) -> Self { schema.sample(&random) }
}

extension Record {
  /// The canonical protobuf message.
  @inlinable
  public var encoded: [UInt8] {
    var writer = Writer(reserving: 128)
    Self.schema.write(self, &writer)
    return writer.bytes
  }

  /// Reads a canonical protobuf message, and refuses every other form of it.
  @inlinable
  public init(encoded bytes: [UInt8], unions: Unions = .none) throws(DecodingError) {
    var reader = Reader(bytes, unions: unions)
    self = try Self.schema.read(&reader)
    try reader.finish()
  }

  /// Builds the record from the texts of its fields: flags, or parameters of a query.
  public init(fields text: (String) -> Substring?, unions: Unions = .none) throws(FieldError) {
    self = try Self.schema.fromText(text, unions)
  }
}

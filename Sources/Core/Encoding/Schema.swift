/// The single description of a record, from which its bytes, JSON, flags, documentation and samples are derived.
///
/// A class, because each use of a record's schema would otherwise copy all its closures.
public final class Schema<Root: Sendable>: Sendable {
  /// Name, documentation and fields.
  public let structure: Shape.Structure
  @usableFromInline let write: @Sendable (Root, inout Writer) -> Void
  @usableFromInline let read: @Sendable (inout Reader) throws(DecodingError) -> Root
  let members: @Sendable (Root) -> [JSON.Member]
  let fromJSON: @Sendable (JSON, Unions) throws(FieldError) -> Root
  let fromText: @Sendable ((String) -> Substring?, Unions) throws(FieldError) -> Root
  let sample: @Sendable (inout Random) -> Root

  public init<each Content: Value>(
    _ name: String,
    _ doc: String,
    _ make: @escaping @Sendable (repeat each Content) -> Root,
    _ field: repeat Field<Root, each Content>
  ) {
    var parts: [Shape.Structure.Part] = []
    var writeAll: @Sendable (Root, inout Writer) -> Void = { _, _ in }
    for one in repeat each field {
      parts.append(one.part)
      writeAll = Self.chain(writeAll, one.write)
    }
    structure = Shape.Structure(name: name, doc: doc, parts: parts)
    structure.check(asVariant: false)
    write = writeAll
    let labels = parts.map(Label.init)
    // Walks the types alone, not the fields, for the same reason.
    read = { (reader) throws(DecodingError) in
      var index = 0
      return make(repeat try Label.read((each Content).self, labels, &index, &reader))
    }
    members = { root in
      var members: [JSON.Member] = []
      for one in repeat each field { if let member = one.member(root) { members.append(member) } }
      return members
    }
    fromJSON = { (json, unions) throws(FieldError) in
      make(repeat try (each field).read(json, unions))
    }
    fromText = { (text, unions) throws(FieldError) in
      make(repeat try (each field).parse(text, unions))
    }
    sample = { random in
      make(repeat (each Content).sample(&random))
    }
  }

  /// A chain of closures, since walking an array or a pack of them looks up generic metadata in every call.
  private static func chain(
    _ first: @escaping @Sendable (Root, inout Writer) -> Void,
    _ second: @escaping @Sendable (Root, inout Writer) -> Void
  ) -> @Sendable (Root, inout Writer) -> Void {
    { root, writer in
      first(root, &writer)
      second(root, &writer)
    }
  }
}

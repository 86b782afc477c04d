/// The single description of a record, from which its bytes, JSON, flags, documentation and samples are derived.
public struct Schema<Root: Sendable>: Sendable {
  /// Name, documentation and fields.
  public let structure: Shape.Structure
  let write: @Sendable (Root, inout Writer) -> Void
  let read: @Sendable (inout Reader) throws(DecodingError) -> Root
  let members: @Sendable (Root) -> [JSON.Member]
  let fromJSON: @Sendable (JSON, Unions) throws(FieldError) -> Root
  let fromText: @Sendable ((String) -> Substring?) throws(FieldError) -> Root
  let sample: @Sendable (inout Random) -> Root

  public init<each Content: Value>(
    _ name: String,
    _ doc: String,
    _ make: @escaping @Sendable (repeat each Content) -> Root,
    _ field: repeat Field<Root, each Content>
  ) {
    var parts: [Shape.Structure.Part] = []
    for one in repeat each field { parts.append(one.part) }
    precondition(zip(parts, parts.dropFirst()).allSatisfy { $0.number < $1.number }, "\(name): numbers must ascend")
    structure = Shape.Structure(name: name, doc: doc, parts: parts)
    write = { root, writer in
      for one in repeat each field { one.write(root, to: &writer) }
    }
    read = { (reader) throws(DecodingError) in
      make(repeat try (each field).read(&reader))
    }
    members = { root in
      var members: [JSON.Member] = []
      for one in repeat each field { if let member = one.member(root) { members.append(member) } }
      return members
    }
    fromJSON = { (json, unions) throws(FieldError) in
      make(repeat try (each field).read(json, unions))
    }
    fromText = { (text) throws(FieldError) in
      make(repeat try (each field).parse(text))
    }
    sample = { random in
      make(repeat (each Content).sample(&random))
    }
  }
}

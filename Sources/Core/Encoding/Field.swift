/// One field of a record: its frozen number and name, where it lives, and what it means.
public struct Field<Root: Sendable, Content: Value>: Sendable {
  let number: UInt32
  let name: String
  let doc: String
  let get: @Sendable (Root) -> Content
  let write: @Sendable (Root, inout Writer) -> Void

  /// - Parameters:
  ///   - number: the protobuf field number, ascending within a record.
  ///   - name: the JSON name, in lowerCamelCase; `.proto` files use snake_case and flags kebab-case.
  ///   - doc: a sentence that gives units and limits.
  @inlinable
  public init(_ number: UInt32, _ name: String, _ get: @escaping @Sendable (Root) -> Content, _ doc: String) {
    // Built where the content's type is known, so that the compiler specialises it.
    self.init(number, name, get, doc) { root, writer in get(root).write(field: number, to: &writer) }
  }

  @usableFromInline
  init(
    _ number: UInt32, _ name: String, _ get: @escaping @Sendable (Root) -> Content, _ doc: String,
    write: @escaping @Sendable (Root, inout Writer) -> Void
  ) {
    self.number = number
    self.name = name
    self.doc = doc
    self.get = get
    self.write = write
  }
}

extension Field {
  var part: Shape.Structure.Part {
    Shape.Structure.Part(
      number: number, name: name, doc: doc, shape: Content.shape, isRequired: Content.absent == nil)
  }

  func member(_ root: Root) -> JSON.Member? {
    let json = get(root).json
    return json == .null ? nil : JSON.Member(name, json)
  }

  func read(_ object: JSON, _ unions: Unions) throws(FieldError) -> Content {
    guard let json = object[name] else { return try absent() }
    do { return try Content(json: json, unions: unions) } catch { throw error.within(name) }
  }

  func parse(_ text: (String) -> Substring?, _ unions: Unions) throws(FieldError) -> Content {
    guard let given = text(name) else { return try absent() }
    do { return try Content(text: given, unions: unions) } catch { throw error.within(name) }
  }

  private func absent() throws(FieldError) -> Content {
    guard let absent = Content.absent else { throw FieldError("the field is required", path: [name]) }
    return absent
  }
}

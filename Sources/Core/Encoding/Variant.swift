/// A sum type: exactly one of several numbered cases; a message with one `oneof` in protobuf.
public protocol Variant: Value {
  static var cases: Cases<Self> { get }
}

/// One case of a variant: its frozen number and name, how it is made and taken apart, and what it means.
public struct Case<Root: Sendable, Content: Value>: Sendable {
  let number: UInt32
  let name: String
  let make: @Sendable (Content) -> Root
  let extract: @Sendable (Root) -> Content?
  let doc: String

  public init(
    _ number: UInt32, _ name: String, _ make: @escaping @Sendable (Content) -> Root,
    _ extract: @escaping @Sendable (Root) -> Content?, _ doc: String
  ) {
    self.number = number
    self.name = name
    self.make = make
    self.extract = extract
    self.doc = doc
  }
}

/// The single description of a variant.
public struct Cases<Root: Sendable>: Sendable {
  struct Codec: Sendable {
    let part: Shape.Structure.Part
    let wireType: WireType
    let write: @Sendable (Root, inout Writer) -> Bool
    let read: @Sendable (inout Reader) throws(DecodingError) -> Root
    let json: @Sendable (Root) -> JSON?
    let fromJSON: @Sendable (JSON, Unions) throws(FieldError) -> Root
    let sample: @Sendable (inout Random) -> Root
  }
  public let structure: Shape.Structure
  let codecs: [Codec]

  public init<each Content: Value>(_ name: String, _ doc: String, _ one: repeat Case<Root, each Content>) {
    var codecs: [Codec] = []
    for one in repeat each one { codecs.append(one.codec) }
    self.codecs = codecs
    // A key path here would crash: the runtime of Swift 6.3 cannot resolve one beside a type pack.
    structure = Shape.Structure(name: name, doc: doc, parts: codecs.map { $0.part })
    structure.check(asVariant: true)
  }
}

extension Case {
  var codec: Cases<Root>.Codec {
    let part = Shape.Structure.Part(number: number, name: name, doc: doc, shape: Content.shape, isRequired: false)
    return Cases<Root>.Codec(
      part: part,
      wireType: Content.wireType,
      write: { root, writer in
        guard let content = extract(root) else { return false }
        writer.tag(number, Content.wireType)
        content.write(to: &writer)
        return true
      },
      read: { (reader) throws(DecodingError) in
        do throws(DecodingError) { return make(try Content(from: &reader)) } catch { throw error.within(name) }
      },
      json: { root in extract(root)?.json },
      fromJSON: { (json, unions) throws(FieldError) in
        do throws(FieldError) { return make(try Content(json: json, unions: unions)) } catch {
          throw error.within(name)
        }
      },
      sample: { random in make(Content.sample(&random)) })
  }
}

extension Variant {
  public static var shape: Shape { .variant(cases.structure) }
  public static var wireType: WireType { .delimited }
  public static var absent: Self? { nil }

  public func write(to writer: inout Writer) {
    writer.delimited { writer in
      for codec in Self.cases.codecs where codec.write(self, &writer) { return }
      preconditionFailure("\(Self.cases.structure.name) lists too few cases")
    }
  }
  public init(from reader: inout Reader) throws(DecodingError) {
    self = try reader.delimited { (reader) throws(DecodingError) in
      guard reader.remaining > 0 else { throw DecodingError(.missing) }
      let tag = try reader.tag()
      guard let codec = Self.cases.codecs.first(where: { $0.part.number == tag.number }) else {
        throw DecodingError(.unknownCase(tag.number))
      }
      guard tag.type == codec.wireType.rawValue else { throw DecodingError(.wrongWireType(tag.type)) }
      return try codec.read(&reader)
    }
  }

  public var json: JSON {
    for codec in Self.cases.codecs {
      if let content = codec.json(self) { return .object([JSON.Member(codec.part.name, content)]) }
    }
    preconditionFailure("\(Self.cases.structure.name) lists too few cases")
  }
  public init(json: JSON, unions: Unions) throws(FieldError) {
    let names = Self.cases.structure.parts.map(\.name).joined(separator: ", ")
    guard case .object(let members) = json, members.count == 1, let member = members.first else {
      throw FieldError("expected an object with exactly one of \(names)")
    }
    guard let codec = Self.cases.codecs.first(where: { member.isNamed($0.part.name) }) else {
      throw FieldError("unknown case; known are \(names)", path: [member.name])
    }
    self = try codec.fromJSON(member.value, unions)
  }
  public static func sample(_ random: inout Random) -> Self {
    cases.codecs[random.below(cases.codecs.count)].sample(&random)
  }
}

/// A `.proto` file (proto3) from which other languages generate their types.
public struct ProtoFile: Sendable {
  /// The text of the file, with the documentation as comments.
  public let text: String

  /// - Parameters:
  ///   - package: dotted name of the protobuf package.
  ///   - records: the types to define; those that they mention follow them.
  ///   - unions: resolves the open unions that the records mention.
  public init(package: String, records: [any Record.Type], unions: Unions) throws(Definitions.Conflict) {
    let definitions = try Definitions(reachableFrom: records.map { $0.shape }, unions: unions)
    let blocks = definitions.shapes.map { Self.definition(of: $0, unions) }
    text = (["syntax = \"proto3\";", "package \(package);"] + blocks).joined(separator: "\n\n") + "\n"
  }

  private static func definition(of shape: Shape, _ unions: Unions) -> String {
    switch shape {
    case .record(let structure):
      block("message \(structure.name)", structure.doc, structure.parts.map(field))
    case .variant(let structure):
      oneof(structure.name, structure.doc, structure.parts.map(field))
    case .union(let name, let doc):
      oneof(name, doc, unions.members(of: name).map(field))
    case .enumeration(let choices):
      block("enum \(choices.name)", choices.doc, values(of: choices))
    case .scalar, .optional, .list:
      preconditionFailure("only named types are defined")
    }
  }

  private static func oneof(_ name: String, _ doc: String, _ fields: [String]) -> String {
    block("message \(name)", doc, [block("oneof \(name.separated(by: "_"))", "Exactly one is set.", fields)])
  }

  private static func field(_ part: Shape.Structure.Part) -> String {
    comment(part.doc) + "\(part.shape.protoType) \(part.name.separated(by: "_")) = \(part.number);"
  }

  private static func field(_ member: any Member.Type) -> String {
    "\(member.name) \(member.jsonName.separated(by: "_")) = \(member.code);"
  }

  private static func values(of choices: Shape.Choices) -> [String] {
    func value(_ name: String, _ number: UInt32) -> String {
      "\(choices.name.separated(by: "_"))_\(name.separated(by: "_"))".uppercased() + " = \(number);"
    }
    return [value("unspecified", 0)] + choices.choices.map { value($0.name, $0.number) }
  }

  private static func block(_ head: String, _ doc: String, _ lines: [String]) -> String {
    guard !lines.isEmpty else { return "\(comment(doc))\(head) {}" }
    let body = lines.flatMap { $0.split(separator: "\n") }.map { "  \($0)\n" }.joined()
    return "\(comment(doc))\(head) {\n\(body)}"
  }

  private static func comment(_ doc: String) -> String {
    doc.split(separator: "\n").map { "// \($0)\n" }.joined()
  }
}

extension Shape {
  fileprivate var protoType: String {
    switch self {
    case .scalar(let scalar): scalar.proto
    case .optional(let shape): "optional \(shape.protoType)"
    case .list(let shape): "repeated \(shape.protoType)"
    case .enumeration(let choices): choices.name
    case .record(let structure), .variant(let structure): structure.name
    case .union(let name, _): name
    }
  }
}

extension Definitions {
  /// Where OpenAPI keeps the schemas that others refer to.
  public static let openAPI = "#/components/schemas/"

  /// The JSON Schema of each type, under its name; types refer to each other by `location` and name.
  public func jsonSchemas(at location: String = openAPI) -> [JSON.Member] {
    shapes.compactMap { shape in
      shape.name.map { JSON.Member($0, shape.definition(unions, location)) }
    }
  }
}

extension Shape {
  /// The JSON Schema (2020-12) of a place that holds the value: types with a name are referred to, others described.
  public func jsonSchema(at location: String = Definitions.openAPI) -> JSON { .object(members(location)) }

  private func members(_ location: String) -> [JSON.Member] {
    switch self {
    case .scalar(let scalar): scalar.schemaMembers
    case .optional(let shape): shape.members(location)
    case .list(let shape): [.init("type", "array"), .init("items", shape.jsonSchema(at: location))]
    case .enumeration(let choices): Self.reference(choices.name, location)
    case .record(let structure), .variant(let structure): Self.reference(structure.name, location)
    case .union(let name, _): Self.reference(name, location)
    }
  }

  private static func reference(_ name: String, _ location: String) -> [JSON.Member] {
    [.init("$ref", .string(location + name))]
  }

  /// The schema that references of this type lead to.
  fileprivate func definition(_ unions: Unions, _ location: String) -> JSON {
    switch self {
    case .record(let structure):
      let required = structure.parts.filter(\.isRequired).map { JSON.string($0.name) }
      return Self.object(
        structure.doc, structure.parts.map { $0.member(location) }, [.init("required", .array(required))])
    case .variant(let structure):
      return Self.object(structure.doc, structure.parts.map { $0.member(location) }, Self.exactlyOne)
    case .union(let name, let doc):
      let members = unions.members(of: name).map { JSON.Member($0.jsonName, $0.shape.jsonSchema(at: location)) }
      return Self.object(doc, members, Self.exactlyOne)
    case .enumeration(let choices):
      let names = choices.choices.map { JSON.string($0.name) }
      return ["type": "string", "description": .string(choices.doc), "enum": .array(names)]
    case .scalar, .optional, .list:
      return jsonSchema(at: location)
    }
  }

  private static var exactlyOne: [JSON.Member] { [.init("minProperties", 1), .init("maxProperties", 1)] }

  private static func object(_ doc: String, _ properties: [JSON.Member], _ rules: [JSON.Member]) -> JSON {
    .object(
      [
        .init("type", "object"), .init("description", .string(doc)), .init("properties", .object(properties)),
        .init("additionalProperties", false)
      ] + rules)
  }
}

extension Shape.Structure.Part {
  fileprivate func member(_ location: String) -> JSON.Member {
    guard case .object(let members) = shape.jsonSchema(at: location) else {
      preconditionFailure("a schema is an object")
    }
    return JSON.Member(name, .object(members + [.init("description", .string(doc))]))
  }
}

extension Shape.Scalar {
  fileprivate var schemaMembers: [JSON.Member] {
    switch json {
    case .boolean: [.init("type", "boolean")]
    case .integer:
      [
        .init("type", "integer"), .init("format", .string(proto)), .init("minimum", 0),
        .init("maximum", .number(String(UInt32.max))), .init("examples", [.number(example)])
      ]
    case .string:
      [.init("type", isWide ? ["string", "integer"] : "string")] + textMembers
        + (isWide ? [.init("minimum", 0)] : []) + [.init("examples", [.string(example)])]
    }
  }

  /// Whether it is a number too wide for a double: written as a string, and understood as a number as well.
  private var isWide: Bool { proto == "uint64" }

  /// Text without a pattern has no format to speak of.
  private var textMembers: [JSON.Member] {
    guard let pattern else { return [] }
    return [.init("format", .string(isWide ? proto : format)), .init("pattern", .string(pattern))]
  }
}

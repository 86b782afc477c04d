import Encoding
import Testing

struct JSONSchemaTests {
  private func definitions() throws -> Definitions {
    try Definitions(reachableFrom: [Everything.shape], unions: unions)
  }

  @Test func schemasAreGolden() throws {
    let schemas = JSON.object(try definitions().jsonSchemas())
    try FixtureFiles.expectGolden(schemas.text(indent: 2) + "\n", "Fixture.schema.json")
  }

  @Test func everyReferenceLeadsToADefinition() throws {
    let schemas = try definitions().jsonSchemas(at: "#/$defs/")
    let names = schemas.map(\.name)
    #expect(Set(names).count == names.count)
    for reference in schemas.flatMap({ references(in: $0.value) }) {
      #expect(names.contains { reference == "#/$defs/\($0)" }, "\(reference)")
    }
  }

  private func references(in json: JSON) -> [String] {
    switch json {
    case .array(let elements): elements.flatMap(references)
    case .object(let members):
      members.flatMap { member in
        if case ("$ref", .string(let reference)) = (member.name, member.value) {
          [reference]
        } else {
          references(in: member.value)
        }
      }
    default: []
    }
  }

  @Test func placesReferToNamedTypes() {
    #expect(Point?.jsonSchemaText == ##"{"$ref":"#/components/schemas/Point"}"##)
    #expect([Color].jsonSchemaText == ##"{"type":"array","items":{"$ref":"#/components/schemas/Color"}}"##)
  }
}

extension Value {
  fileprivate static var jsonSchemaText: String { shape.jsonSchema().text() }
}

import Chain
import Encoding
import LedgerKit
import Operations
import Testing

@Suite struct OpenAPITests {
  private static let ledger = Ledger(chain: "test-chain", policy: .devnet)
  private let endpoints = Self.ledger.endpoints(node: [])

  @Test func everyOperationHasOneRoute() {
    for operation in Self.ledger.operations {
      #expect(endpoints.count { $0.path == operation.path } == 1, "\(operation.path)")
    }
    #expect(Set(endpoints.map(\.id)).count == endpoints.count)
  }

  @Test func everyExampleIsAccepted() throws {
    for operation in Self.ledger.operations {
      guard case .transaction(let type) = operation.kind else { continue }
      let example = type.shape.example(Self.ledger.unions)
      #expect(throws: Never.self, "\(operation.path)") { try type.init(json: example, unions: Self.ledger.unions) }
    }
    for type: any Record.Type in [Envelope.self, Preparation.self] {
      let example = type.shape.example(Self.ledger.unions)
      #expect(throws: Never.self, "\(type.name)") { try type.init(json: example, unions: Self.ledger.unions) }
    }
  }

  @Test func everyStatusComesOnce() {
    for endpoint in endpoints {
      let statuses = endpoint.answers.map(\.status)
      #expect(Set(statuses).count == statuses.count, "\(endpoint.id): \(statuses)")
    }
  }

  @Test func everyReasonIsListed() throws {
    let document = try OpenAPI(endpoints, unions: Self.ledger.unions).document()
    guard case .array(let listed)? = document["x-rejections"] else { throw FieldError("no x-rejections") }
    #expect(listed.count == Self.ledger.refusals.count)
  }

  @Test func referencesLeadSomewhere() throws {
    let document = try OpenAPI(endpoints, unions: Self.ledger.unions).document()
    guard case .object(let schemas)? = document["components"]?["schemas"] else { throw FieldError("no schemas") }
    let names = Set(schemas.map(\.name))
    for reference in Self.references(document) { #expect(names.contains(reference), "\(reference)") }
  }

  private static func references(_ json: JSON) -> [String] {
    switch json {
    case .array(let elements): elements.flatMap(references)
    case .object(let members):
      members.flatMap { member -> [String] in
        if member.name == "$ref", case .string(let path) = member.value {
          return [String(path.dropFirst(Definitions.openAPI.count))]
        }
        return references(member.value)
      }
    default: []
    }
  }
}

internal import ArgumentParser
internal import Chain
internal import Client
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Operations

/// `relay schema`
struct PrintSchema: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Print the types from which other languages generate theirs.",
    discussion: """
      EXAMPLES
        relay schema proto > relay.proto && protoc --python_out=. relay.proto
        relay schema json
      """)

  enum Form: String, ExpressibleByArgument, CaseIterable { case proto, json }

  @Argument(help: "proto: one .proto file; json: JSON Schema definitions.") var form: Form

  func run() throws {
    switch form {
    case .proto: print(try Self.proto(), terminator: "")
    case .json: print(try Self.jsonSchema().text(indent: 2))
    }
  }

  static func proto() throws -> String {
    try ProtoFile(package: "conductor.relay.v1", records: records, unions: Ledger.standard.unions).text
  }

  static func jsonSchema() throws -> JSON {
    let definitions = try Definitions(reachableFrom: records.map { $0.shape }, unions: Ledger.standard.unions)
    return [
      "$schema": "https://json-schema.org/draft/2020-12/schema",
      "$defs": .object(definitions.jsonSchemas(at: "#/$defs/"))
    ]
  }

  private static var records: [any Record.Type] { documents + Ledger.standard.modules.flatMap { queries(of: $0) } }

  private static let documents: [any Record.Type] = [
    Envelope.self, Block.self, BlockResults.self, Outcome.self, ProvenState.self, ChainStatus.self, Preparation.self,
    PreparedTransaction.self, Submitted.self, TransactionBatch.self, BatchAnswer.self, DryRun.self,
    CommittedTransaction.self,
    StoredContent.self, CommittedEvent.self, EventPage.self, Problem.self, Job.self, JobResult.self, DealReceipt.self
  ]

  private static func queries(of module: any Module.Type) -> [any Record.Type] {
    module.queries.flatMap { [$0, answer(of: $0)] }
  }

  private static func answer<Q: Query>(of query: Q.Type) -> any Record.Type { Q.Answer.self }
}

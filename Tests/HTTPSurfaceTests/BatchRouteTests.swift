import Cryptography
import Encoding
import LedgerKit
import Money
import NIOHTTP1
import Node
import Operations
import Testing

@Suite struct BatchRouteTests {
  private static let path = "/v1/transactions/batch"
  private static let bytes = ["Content-Type": "application/x-protobuf"]

  /// Sends a batch in each form and asks for the answer in each.
  private static func send(_ batch: TransactionBatch, _ query: String, to relay: Relay) async throws -> BatchAnswer {
    let reply = try await relay.send(.POST, path + query, batch.encoded, bytes)
    guard reply.status == 200 else { throw FieldError("\(reply.status) \(reply.text)") }
    return try reply.read(BatchAnswer.self)
  }

  @Test func eachStandsOnItsOwnAccount() async throws {
    try await Relay.run { relay in
      let committed = try await relay.transfer(1)
      _ = try await relay.post("/v1/transactions?wait=true", committed)
      let good = try await [relay.transfer(2), relay.transfer(3)]
      let forged = Envelope(signing: good[0].body, with: PrivateKey())
      let unsigned = Envelope(
        body: try await relay.transfer(4).body,
        signatures: [
          SignatureEntry(
            publicKey: relay.key.publicKey, signature: relay.key.sign([1]))
        ])
      let poor = try await relay.transfer(2_000_000_000_000)
      let sent = [good[0], committed, forged, unsigned, poor, good[1]]
      let batch = TransactionBatch(
        transactions: TransactionBatch(sent).transactions + [Bytes([1, 2, 3]), Bytes(good[1].encoded), Bytes([])])
      let entries = try await Self.send(batch, "?wait=60000", to: relay).entries
      #expect(
        entries.map { $0.rejection?.reason } == [
          nil, "duplicate", "notAuthorized", "badSignature", "insufficientFunds", nil, "malformed", "alreadyPending",
          "malformed"
        ])
      #expect(entries.map(\.id) == sent.map(\.body.id) + [nil, good[1].body.id, nil])
      for entry in entries {
        #expect((entry.height != nil) == (entry.rejection == nil) && (entry.position != nil) == (entry.height != nil))
      }
      let found = try await relay.get("/v1/transactions/\(good[1].body.id)")
      let outcome = try found.read(CommittedTransaction.self, relay.node.ledger.unions).outcome
      #expect(outcome.height == entries[5].height && outcome.position == entries[5].position)
    }
  }

  @Test(arguments: ["", "?wait=1"]) func whatWaitsHasNoBlock(query: String) async throws {
    var options = Relay.Options()
    options.isSequencing = false
    try await Relay.run(options) { relay in
      let envelopes = try await [relay.transfer(1), relay.transfer(2)]
      let batch = TransactionBatch(envelopes)
      let entries = try await Self.send(batch, query, to: relay).entries
      #expect(entries == envelopes.map { BatchEntry(id: $0.body.id) })
      let again = try await Self.send(batch, query, to: relay).entries
      #expect(again.map { $0.rejection?.reason } == ["alreadyPending", "alreadyPending"])
      #expect(await relay.node.pendingCount == 2)
    }
  }

  @Test func everyFormIsTakenAndGiven() async throws {
    try await Relay.run { relay in
      let batch = TransactionBatch([try await relay.transfer(1)])
      for accept in ["application/protobuf", "application/x-protobuf, application/json", "*/*", "application/json"] {
        let reply = try await relay.post(Self.path, batch, ["Accept": accept])
        let isJSON = !accept.contains("protobuf")
        let given = isJSON ? try reply.read(BatchAnswer.self) : try BatchAnswer(encoded: reply.body)
        #expect(given.entries.count == 1 && given.entries[0].id != nil, "\(accept)")
        #expect(
          try reply.type == #require(isJSON ? "application/json" : accept.split(separator: ",").first.map { "\($0)" }))
      }
      #expect(try await Self.send(TransactionBatch(transactions: []), "?wait=5", to: relay).entries.isEmpty)
    }
  }

  @Test func aBatchHasLimits() async throws {
    try await Relay.run { relay in
      let many = TransactionBatch(transactions: Array(repeating: Bytes([1]), count: 1001))
      let problem = try await relay.send(.POST, Self.path, many.encoded, Self.bytes).problem
      #expect(problem.status == 413 && problem.detail.contains("1001"))
      let most = TransactionBatch(transactions: Array(repeating: Bytes([1]), count: 1000))
      #expect(try await Self.send(most, "", to: relay).entries.count == 1000)
      let large = [UInt8](repeating: 0, count: (4 << 20) + 1)
      #expect(try await relay.send(.POST, Self.path, large, Self.bytes).problem.status == 413)
      #expect(try await relay.send(.POST, Self.path, [8, 1], Self.bytes).problem.status == 400)
      for query in ["?wait=-1", "?wait=true", "?wait=4294967296"] {
        #expect(try await relay.post(Self.path + query, most).problem.status == 400, "\(query)")
      }
    }
  }
}

import Cryptography
import Encoding
import Engine
import LedgerKit
import Money
import NIOHTTP1
import Node
import Operations
import Testing

@Suite struct OverloadTests {
  /// A signed transfer that offers `fee`.
  private static func transfer(_ relay: Relay, fee: UInt64) async throws -> Envelope {
    let reply = try await relay.post(
      "/v1/money/transfer?sender=\(relay.owner)&fee=\(fee)",
      Transfer(to: Address(module: "test/receiver"), amount: Amount(nano: 1)))
    return Envelope(signing: try reply.read(PreparedTransaction.self, relay.node.ledger.unions).body, with: relay.key)
  }

  @Test func aFullMempoolSaysWhatGetsInAndWhatWentOut() async throws {
    var options = Relay.Options()
    options.isSequencing = false
    options.mempool = MempoolLimits(count: 1, bytes: 1 << 20, countPerSender: 9)
    try await Relay.run(options) { relay in
      let first = try await Self.transfer(relay, fee: 1_000_000)
      #expect(try await relay.post("/v1/transactions", first).status == 202)
      let second = try await Self.transfer(relay, fee: 1_000_000)
      let refused = try await relay.post("/v1/transactions", second)
      #expect(refused.status == 429 && refused.headers.first(name: "Retry-After") == "1")
      #expect(try refused.problem.reason == "mempoolFull" && refused.problem.detail.contains("0.001000001"))
      let batch = TransactionBatch([second, try await Self.transfer(relay, fee: 1_000_001), first])
      let answer = try await relay.post("/v1/transactions/batch", batch).read(BatchAnswer.self)
      #expect(answer.entries.map { $0.rejection?.reason } == ["mempoolFull", nil, "alreadyPending"])
      let gone = try await relay.get("/v1/transactions/\(first.body.id)").problem
      #expect(gone.status == 404 && gone.reason == "evicted")
    }
  }
}

import Cryptography
import Encoding
import LedgerKit
import Node
import Operations
import Testing

@Suite struct ChainRouteTests {
  @Test func saysWhereItStands() async throws {
    try await Relay.run { relay in
      try await relay.pay(5)
      let health = try await relay.get("/health").read(Health.self)
      #expect(health.status == "ok" && health.chain == "test-chain" && health.height == 1)
      let status = try await relay.get("/v1/chain").read(ChainStatus.self, relay.node.ledger.unions)
      #expect(status.genesis == relay.node.genesis && status.head == relay.node.head)
    }
  }

  @Test func blocksAreReadable() async throws {
    try await Relay.run { relay in
      let envelope = try await relay.transfer(5)
      _ = try await relay.post("/v1/transactions?wait=true", envelope)
      let unions = relay.node.ledger.unions
      let block = try await relay.get("/v1/blocks/1").read(CommittedBlock.self, unions)
      #expect(block.transactions == [envelope] && block.header == relay.node.head)
      let results = try await relay.get("/v1/blocks/1/results").read(BlockResults.self, unions)
      #expect(results.transactions.map(\.id) == [envelope.body.id])
      #expect(try await relay.get("/v1/blocks/2").problem.status == 404)
      #expect(try await relay.get("/v1/blocks/2/results").problem.status == 404)
      #expect(try await relay.get("/v1/blocks/x").problem.detail.contains("height"))
    }
  }

  @Test func metricsCountRequestsAndBlocks() async throws {
    try await Relay.run { relay in
      try await relay.pay(5)
      let reply = try await relay.get("/metrics")
      #expect(reply.type?.hasPrefix("text/plain") == true)
      let lines = Set(reply.text.split(separator: "\n"))
      #expect(lines.contains(#"relay_http_requests_total{route="POST /v1/transactions",status="200"} 1"#))
      #expect(lines.contains(#"relay_transactions_total{outcome="committed"} 1"#))
      #expect(lines.contains("relay_committed_height 1.0"))
      #expect(lines.contains("relay_block_execution_seconds_count 1"))
    }
  }

  @Test func queriesAnswerAndProve() async throws {
    try await Relay.run { relay in
      let path = "/v1/money/account-of?owner=\(relay.owner)"
      let plain = try await relay.get(path).json
      #expect(plain["answer"]?["available"] == "1000000000000" && plain["height"] == "0" && plain["proof"] == nil)
      try await relay.pay(5)
      let proven = try await relay.get(path + "&prove=true").json
      let proof = try ProvenState(json: try #require(proven["proof"]))
      #expect(proof.header == relay.node.head)
      for evidence in proof.evidence { try evidence.verify(under: proof.header) }
      let unproven = try await relay.get("/v1/market/offers-of?prove=true").problem
      #expect(unproven.status == 400 && unproven.detail.contains("prove"))
    }
  }

  @Test func queriesSayWhatIsWrong() async throws {
    let unknown = Address(module: "test/unknown")
    let cases: [(String, UInt32, String)] = [
      ("/v1/money/account-of", 400, "owner"),
      ("/v1/money/account-of?owner=x", 400, "owner"),
      ("/v1/money/account-of?owner=\(unknown)&colour=red", 400, "colour"),
      ("/v1/money/account-of?owner=\(unknown)&owner=\(unknown)", 400, "twice"),
      ("/v1/money/account-of?owner=\(unknown)&prove=perhaps", 400, "prove"),
      ("/v1/money/account-of?owner=\(unknown)", 404, "never received")
    ]
    try await Relay.run { relay in
      for (path, status, word) in cases {
        let problem = try await relay.get(path).problem
        #expect(problem.status == status && problem.detail.contains(word), "\(path): \(problem)")
      }
      #expect(try await relay.get("/v1/money/account-of?owner=\(unknown)").problem.reason == "unknownAccount")
    }
  }
}

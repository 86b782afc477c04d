import Client
import Cryptography
import Encoding
import LedgerKit
import Operations
import Testing

/// A node that ends before it answered has still executed a transaction once, or not at all.
@Suite("a node that ends without an answer", .timeLimit(.minutes(3)))
struct AcknowledgementTests {
  @Test("after a kill, the same envelope is executed once")
  func kill() async throws {
    try await TestNetwork.run { network in
      for round in 1...3 as ClosedRange<UInt64> {
        try await network.startNode(pace: "2s")
        let envelope = try await network.transfer(round)
        let client = network.client
        async let outcome = withTimeLimit(.seconds(60), "the transfer") { try await client.submit(envelope) }
        try await network.untilPending()
        try await network.node.kill()
        try await network.startNode()
        let height = try await outcome.height
        #expect(try await client.submit(envelope).height == height, "a repetition finds what was executed")
        try await network.node.kill()
      }
      try await network.startNode()
      #expect(try await network.received() == 1 + 2 + 3)
    }
  }

  @Test("after a kill behind the commit, the same envelope gives the same answer")
  func committed() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      let envelope = try await network.transfer(7)
      let outcome = try await network.client.submit(envelope)
      try await network.node.kill()
      try await network.startNode()
      #expect(try await network.client.submit(envelope).encoded == outcome.encoded)
      #expect(try await network.received() == 7)
    }
  }

  @Test("SIGTERM commits what waits, ends with 0, and the next start continues the chain")
  func shutdown() async throws {
    try await TestNetwork.run { network in
      try await network.startNode(pace: "5s")
      let (envelope, client) = (try await network.transfer(5), network.client)
      async let outcome = withTimeLimit(.seconds(60), "the transfer") { try await client.submit(envelope) }
      try await network.untilPending()
      let ending = try await network.node.terminate()
      #expect(ending.status == 0, "\(ending.errors)")
      try await network.startNode()
      let head = try await client.chain().head
      #expect(try await outcome.height == head.height)
      let next = try await client.submit(try await network.transfer(6))
      #expect(next.height == head.height + 1)
      #expect(try await network.received() == 11)
    }
  }

  @Test("relay node reindex gives the same history")
  func reindex() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      for amount in 1...20 as ClosedRange<UInt64> {
        _ = try await network.client.submit(try await network.transfer(amount))
      }
      let before = try await network.pages()
      _ = try await network.node.terminate()
      let ending = try await network.relay(["node", "reindex"])
      #expect(ending.status == 0, "\(ending.errors)")
      try await network.startNode()
      #expect(try await network.pages() == before)
    }
  }
}

extension TestNetwork {
  /// Waits until the transaction waits for its block.
  fileprivate func untilPending() async throws {
    try await until("the transaction waits") { try await client.chain().pendingTransactions > 0 }
  }

  /// The whole history of both accounts, as pages of seven events.
  fileprivate func pages() async throws -> [String] {
    var pages: [String] = []
    for key in [buyer, provider] {
      var next: String?
      repeat {
        let page = try await client.history(of: Address(key.publicKey), before: next, limit: 7)
        pages.append(page.json.text())
        next = page.next
      } while next != nil
    }
    return pages
  }
}

import Cryptography
import HTTPSurface
import NIOHTTP1
import Node
import Operations
import Testing

/// A history whose index lacks most blocks.
private struct LateHistory: History {
  func transaction(_ id: Digest) async throws -> CommittedTransaction? {
    throw HistoryError.behind(indexed: 3, head: 90)
  }

  func events(of account: Address, kind: String?, before: EventCursor?, limit: Int) async throws -> EventPage {
    EventPage(events: [], next: nil)
  }
}

@Suite struct HistoryRouteTests {
  @Test func aLateIndexIsNoMissingTransaction() async throws {
    var options = Relay.Options()
    options.history = { _ in LateHistory() }
    try await Relay.run(options) { relay in
      let reply = try await relay.get("/v1/transactions/\(Digest.zero)")
      #expect(try reply.problem.status == 503 && reply.problem.detail.contains("up to 3 of 90"))
      #expect(reply.headers.first(name: "Retry-After") == "5")
    }
  }
}

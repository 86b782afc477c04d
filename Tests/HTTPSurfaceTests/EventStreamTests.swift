import AsyncHTTPClient
import Cryptography
import Encoding
import HTTPSurface
import LedgerKit
import NIOCore
import NIOHTTP1
import Node
import Operations
import ServiceLifecycle
import Testing

@Suite struct EventStreamTests {
  /// The lines of a stream, as they come.
  private static func lines(
    _ relay: Relay, _ path: String, _ headers: [String: String] = [:]
  ) async throws -> AsyncThrowingStream<String, any Error> {
    let response = try await HTTPClient.shared.execute(relay.request(.GET, path, headers), timeout: .seconds(60))
    #expect(response.status == .ok && response.headers.first(name: "Content-Type") == "text/event-stream")
    return AsyncThrowingStream { continuation in
      let task = Task {
        var rest = ""
        do {
          for try await part in response.body {
            rest += String(buffer: part)
            while let end = rest.firstIndex(of: "\n") {
              continuation.yield(String(rest[..<end]))
              rest = String(rest[rest.index(after: end)...])
            }
          }
          continuation.finish()
        } catch { continuation.finish(throwing: error) }
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private static func events(
    _ count: Int, of lines: AsyncThrowingStream<String, any Error>, _ unions: Unions
  ) async throws -> [CommittedEvent] {
    var events: [CommittedEvent] = []
    for try await line in lines where line.hasPrefix("data: ") {
      events.append(try CommittedEvent(json: JSON(parsing: line.dropFirst(6)), unions: unions))
      if events.count == count { break }
    }
    return events
  }

  @Test func startsAtTheHeadAndLosesNothing() async throws {
    try await Relay.run { relay in
      try await relay.pay(1)
      let lines = try await Self.lines(relay, "/v1/events?kind=transferred&account=\(relay.owner)")
      for amount in 2...6 { try await relay.pay(UInt64(amount)) }
      let events = try await Self.events(5, of: lines, relay.node.ledger.unions)
      #expect(events.map(\.cursor.height) == [2, 3, 4, 5, 6])
    }
  }

  @Test func resumesAfterACursor() async throws {
    try await Relay.run { relay in
      for amount in 1...3 { try await relay.pay(UInt64(amount)) }
      let unions = relay.node.ledger.unions
      let all = try await Self.events(6, of: try await Self.lines(relay, "/v1/events?after=0-0-0"), unions)
      #expect(all.map(\.cursor) == all.map(\.cursor).sorted())
      let resumed = try await Self.lines(relay, "/v1/events?after=0-0-0", ["Last-Event-ID": all[2].cursor.text])
      #expect(try await Self.events(3, of: resumed, unions) == Array(all[3...]))
    }
  }

  /// Long enough for several batches of blocks without an event for the client.
  @Test func aRareEventIsFoundInALongHistory() async throws {
    try await Relay.run { relay in
      for amount in 1...70 { try await relay.pay(UInt64(amount)) }
      let rare = Address(module: "test/rare")
      try await relay.pay(5, to: rare)
      let lines = try await Self.lines(relay, "/v1/events?after=0-0-0&account=\(rare)&kind=transferred")
      let events = try await Self.events(1, of: lines, relay.node.ledger.unions)
      #expect(events.map(\.cursor.height) == [71])
    }
  }

  @Test func aCursorBeyondTheHeadIsRefused() async throws {
    try await Relay.run { relay in
      let refused = try await relay.get("/v1/events?after=1-0-0").problem
      #expect(refused.status == 400 && refused.detail.contains("1-0-0 lies beyond the last block 0"))
      let resumed = try await relay.get("/v1/events", ["Last-Event-ID": "\(UInt64.max)-0-0"]).problem
      #expect(resumed.status == 400)
    }
  }

  @Test func heartbeatsComeWithoutEvents() async throws {
    var options = Relay.Options()
    options.surface.heartbeat = .milliseconds(5)
    try await Relay.run(options) { relay in
      for try await line in try await Self.lines(relay, "/v1/events") where line == ": heartbeat" { break }
    }
  }

  @Test func streamsAreLimitedAndEndWithTheNode() async throws {
    var options = Relay.Options()
    options.surface.streamLimit = 1
    try await Relay.run(options) { relay in
      let lines = try await Self.lines(relay, "/v1/events")
      let refused = try await relay.get("/v1/events")
      #expect(try refused.problem.status == 503 && refused.headers.first(name: "Retry-After") != nil)
      for wrong in ["kind=nothing", "account=me", "after=1-2"] {
        #expect(try await relay.get("/v1/events?\(wrong)").problem.status == 400, "\(wrong)")
      }
      await relay.services.triggerGracefulShutdown()
      for try await _ in lines {}
    }
  }
}

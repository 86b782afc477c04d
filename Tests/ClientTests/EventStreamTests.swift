import Client
import Operations
import Synchronization
import Testing

/// A stream that breaks before its first event.
private final class BreakingStream: Transport {
  let cursors = Mutex<[String?]>([])

  func send(_ request: TransportRequest) async throws -> TransportResponse { throw CancellationError() }

  func follow(_ request: TransportRequest, _ line: (String) -> Void) async throws {
    let count = cursors.withLock { cursors in
      cursors.append(request.parameters.first { $0.name == "after" }?.value)
      return cursors.count
    }
    guard count < 3 else { return try await Task.sleep(for: .seconds(3600)) }
    line(": from \(count + 4)-4294967295-4294967295")
  }
}

struct EventStreamTests {
  @Test func itContinuesFromWhereTheServerBegan() async throws {
    let stream = BreakingStream()
    let events = RelayClient(url: "memory", transport: stream).events()
    let listener = Task { for await _ in events {} }
    while stream.cursors.withLock({ $0.count }) < 3 { try await Task.sleep(for: .milliseconds(5)) }
    listener.cancel()
    let start = "5-4294967295-4294967295"
    #expect(stream.cursors.withLock { $0 } == [nil, start, start])
  }
}

internal import Cryptography
internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations
internal import ServiceLifecycle

/// Which events one client wants to hear.
private struct EventFilter: Sendable {
  let account: Address?
  let kind: String?

  func takes(_ entry: EventEntry) -> Bool {
    let isOfAccount = account.map { entry.event.accounts.contains($0) } ?? true
    let isOfKind = kind.map { $0 == type(of: entry.event).jsonName } ?? true
    return isOfAccount && isOfKind
  }
}

extension HTTPSurface {
  func events(_ call: Call) throws -> Response {
    let filter = EventFilter(account: try call.value("account"), kind: try kind(call))
    let head = EventCursor(height: node.head.height, position: .max, index: .max)
    let start = try call.lastEvent ?? call.cursor("after") ?? head
    guard let slot = streams.take() else {
      throw Refused(
        503, "\(configuration.streamLimit) clients are listening, the most that the node serves",
        headers: [.retryAfter: "10"])
    }
    return Response(
      status: .ok, headers: [.contentType: MediaType.events, .cacheControl: "no-store"],
      body: ResponseBody { writer in
        defer { slot.release() }
        try await stream(from: start, filter, to: &writer)
        try await writer.finish(nil)
      })
  }

  /// Writes every event after `start`, block by block, until the client goes or the node stops. Nothing is kept for a
  /// client that reads slowly: the next block is read when the last one was written.
  private func stream(
    from start: EventCursor, _ filter: EventFilter, to writer: inout any ResponseBodyWriter
  ) async throws {
    try await writer.write(ByteBuffer(string: ": from \(start.text)\n\n"))
    var next = start.height
    let clock = ContinuousClock()
    var written = clock.now
    for await _ in wakeUps() {
      while next <= node.head.height, !Task.isShuttingDownGracefully {
        let text = try frames(at: next, after: start, filter)
        next += 1
        guard !text.isEmpty else { continue }
        try await writer.write(ByteBuffer(string: text))
        written = clock.now
      }
      if clock.now - written >= configuration.heartbeat {
        try await writer.write(ByteBuffer(string: ": heartbeat\n\n"))
        written = clock.now
      }
    }
  }

  /// The events of one block as the stream carries them.
  private func frames(at height: UInt64, after start: EventCursor, _ filter: EventFilter) throws -> String {
    guard let header = try node.block(at: height)?.header, let results = try node.results(at: height) else {
      return ""
    }
    return results.committedEvents(at: header).filter { $0.cursor > start && filter.takes($0.event) }.map { event in
      "id: \(event.cursor.text)\nevent: \(type(of: event.event.event).jsonName)\ndata: \(event.json)\n\n"
    }.joined()
  }
}

extension Call {
  /// Where a client that lost its connection goes on.
  fileprivate var lastEvent: EventCursor? {
    get throws {
      guard let name = HTTPField.Name("Last-Event-ID"), let text = request.headers[name], !text.isEmpty else {
        return nil
      }
      do { return try EventCursor(cursor: text[...]) } catch { throw error.within("Last-Event-ID") }
    }
  }
}

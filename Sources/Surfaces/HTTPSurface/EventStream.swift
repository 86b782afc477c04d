internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations
internal import ServiceLifecycle

extension HTTPSurface {
  func events(_ call: Call) throws -> Response {
    let filter = EventFilter(account: try call.value("account"), kind: try kind(call))
    let reader = EventReader(node: node, start: try start(call), filter: filter)
    guard let slot = streams.take() else {
      throw Refused(
        503, "\(configuration.streamLimit) clients are listening, the most that the node serves",
        headers: [.retryAfter: "10"])
    }
    return Response(
      status: .ok, headers: [.contentType: MediaType.events, .cacheControl: "no-store"],
      body: ResponseBody { writer in
        defer { slot.release() }
        try await stream(reader, to: &writer)
        try await writer.finish(nil)
      })
  }

  /// The cursor after which the client wants events; the head when it names none.
  private func start(_ call: Call) throws -> EventCursor {
    let head = EventCursor(height: node.head.height, position: .max, index: .max)
    guard let start = try call.lastEvent ?? call.cursor("after") else { return head }
    guard start <= head else {
      throw Refused(
        400, "the cursor \(start.text) lies beyond the last block \(head.height): take one that this network gave")
    }
    return start
  }

  /// Writes every event that `reader` finds, block by block, until the client goes or the node stops. Nothing is kept for
  /// a client that reads slowly: the next block is read when the last one was written.
  private func stream(_ reader: EventReader, to writer: inout any ResponseBodyWriter) async throws {
    try await writer.write(ByteBuffer(string: ": from \(reader.start.text)\n\n"))
    var next = reader.start.height
    var pulse = Pulse(configuration.heartbeat)
    for await _ in wakeUps() {
      while next <= node.head.height, !Task.isShuttingDownGracefully {
        try Task.checkCancellation()
        let found = try await reader.frames(from: next)
        next = found.next
        try await pulse.write(found.text, to: &writer)
      }
      try await pulse.write("", to: &writer)
    }
  }
}

/// Writes what there is, and a heartbeat when there was nothing for too long.
private struct Pulse {
  private let clock = ContinuousClock()
  private let period: Duration
  private var written: ContinuousClock.Instant

  init(_ period: Duration) {
    self.period = period
    written = clock.now
  }

  mutating func write(_ text: String, to writer: inout any ResponseBodyWriter) async throws {
    guard !text.isEmpty || clock.now - written >= period else { return }
    try await writer.write(ByteBuffer(string: text.isEmpty ? ": heartbeat\n\n" : text))
    written = clock.now
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

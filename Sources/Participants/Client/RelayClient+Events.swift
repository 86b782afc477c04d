public import Cryptography
internal import Encoding
public import Operations

extension RelayClient {
  /// One page of what happened to an account, newest first.
  ///
  /// - Parameters:
  ///   - cursor: only older events: the `next` of the page before, or `nil` for the newest.
  ///   - limit: events at the most, or `nil` for the relay's standard.
  public func history(
    of account: Address, before cursor: String? = nil, limit: UInt32? = nil
  ) async throws(ClientError) -> EventPage {
    var parameters: [(String, String)] = []
    if let cursor { parameters.append(("before", cursor)) }
    if let limit { parameters.append(("limit", String(limit))) }
    return try await get("/v1/accounts/\(account)/events", parameters)
  }

  /// Committed events from `cursor` on, or from now; a lost connection is taken up again where it broke.
  ///
  /// - Parameter account: only events that concern this account.
  public func events(after cursor: EventCursor? = nil, account: Address? = nil) -> AsyncStream<CommittedEvent> {
    AsyncStream { continuation in
      let task = Task {
        var last = cursor
        while !Task.isCancelled {
          try? await follow(after: last, account: account) { line in
            switch line {
            case .start(let cursor): last = last ?? cursor
            case .event(let event):
              last = event.cursor
              continuation.yield(event)
            }
          }
          try? await Self.pause(.milliseconds(300))
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  /// What a line of the stream says.
  private enum Line {
    /// The stream begins after this cursor.
    case start(EventCursor)
    case event(CommittedEvent)

    /// What a newer relay adds is skipped rather than asked for again and again.
    init?(_ text: String) {
      if text.hasPrefix(": from "), let cursor = try? EventCursor(cursor: text.dropFirst(7)) {
        self = .start(cursor)
      } else if text.hasPrefix("data:"),
        let event: CommittedEvent = try? RelayClient.decode(Array(text.dropFirst(5).utf8))
      {
        self = .event(event)
      } else {
        return nil
      }
    }
  }

  private func follow(after cursor: EventCursor?, account: Address?, _ body: (Line) -> Void) async throws {
    var parameters: [(String, String)] = []
    if let cursor { parameters.append(("after", cursor.text)) }
    if let account { parameters.append(("account", account.description)) }
    try await transport.follow(TransportRequest(.get, "/v1/events", parameters)) { Line($0).map(body) }
  }
}

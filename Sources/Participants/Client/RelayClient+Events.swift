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
          do {
            try await follow(after: last, account: account) { event in
              last = event.cursor
              continuation.yield(event)
            }
          } catch { try? await Task.sleep(for: .milliseconds(300)) }
        }
        continuation.finish()
      }
      continuation.onTermination = { _ in task.cancel() }
    }
  }

  private func follow(
    after cursor: EventCursor?, account: Address?, _ body: (CommittedEvent) -> Void
  ) async throws {
    var parameters: [(String, String)] = []
    if let cursor { parameters.append(("after", cursor.text)) }
    if let account { parameters.append(("account", account.description)) }
    try await transport.follow(TransportRequest(.get, "/v1/events", parameters)) { line in
      // What a newer relay adds is skipped rather than asked for again and again.
      guard line.hasPrefix("data:"), let event = try? Self.decode(Array(line.dropFirst(5).utf8)) as CommittedEvent
      else { return }
      body(event)
    }
  }
}

public import Cryptography
public import Operations

/// What the surface asks of an index of committed blocks.
public protocol History: Sendable {
  /// The transaction `id` with its outcome, or `nil` when it was not committed.
  ///
  /// - Throws: `HistoryError.behind` when the index lacks too many blocks to tell.
  func transaction(_ id: Digest) async throws -> CommittedTransaction?

  /// Events that concern an account, newest first.
  ///
  /// - Parameters:
  ///   - kind: only events with this JSON name.
  ///   - before: only events older than this one.
  ///   - limit: events at the most.
  func events(
    of account: Address, kind: String?, before: EventCursor?, limit: Int
  ) async throws -> EventPage
}

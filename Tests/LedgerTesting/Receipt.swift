public import Cryptography
public import LedgerKit

/// What a transaction that took effect left behind.
public struct Receipt: Sendable {
  public let id: Digest
  public let events: [EventEntry]

  /// The id of what the first operation created.
  public var created: Identifier { .created(by: id, operation: 0) }
}

/// A rejected transaction changed the state.
public struct RejectionLeftTraces: Error {
  public let rejection: Rejection
}

public import Cryptography
internal import Engine
public import LedgerKit

extension Node {
  /// Takes a transaction for one of the next blocks, and returns its id.
  public func submit(_ encoded: [UInt8]) async throws(Rejection) -> Digest {
    try await submit(encoded, waitingAtMost: .zero).id
  }

  /// Takes a transaction and waits for its block.
  ///
  /// - Returns: `nil` when the task was cancelled before the block came.
  public func submitAndWait(_ encoded: [UInt8]) async throws(Rejection) -> Outcome? {
    try await intake.submit([encoded], waitingAtMost: nil)[0].accepted().outcome
  }

  /// Takes a transaction and waits for its block, at most so long.
  ///
  /// - Returns: its id, and no outcome when the time was up before the block came.
  public func submit(
    _ encoded: [UInt8], waitingAtMost limit: Duration
  ) async throws(Rejection) -> (id: Digest, outcome: Outcome?) {
    try await intake.submit([encoded], waitingAtMost: limit)[0].accepted()
  }

  /// Takes transactions for the next blocks, each on its own account, and waits for their blocks, at most so long.
  ///
  /// - Returns: how far each has come, in their order.
  public func submit(batch encoded: [[UInt8]], waitingAtMost limit: Duration) async -> [Submission] {
    await intake.submit(encoded, waitingAtMost: limit)
  }

  /// Why a transaction that was taken is in no block: it was dropped lately while it waited, unless it was sent again.
  public func reason(ofDropped id: Digest) -> Rejection? { feed.reason(ofDropped: id) }

  /// What would happen if a transaction were submitted now; nothing changes.
  ///
  /// - Throws: why it would be refused.
  public func check(_ encoded: [UInt8]) async throws(Rejection) -> (transaction: VerifiedEnvelope, events: [EventEntry])
  {
    let transaction = try await intake.verify(encoded)
    return (transaction, try await engine.check(transaction))
  }
}

extension Submission {
  fileprivate func accepted() throws(Rejection) -> (id: Digest, outcome: Outcome?) {
    switch self {
    case .refused(let reason, _): throw reason
    case .waiting(let id): (id, nil)
    case .committed(let outcome): (outcome.result.id, outcome)
    }
  }
}

internal import Cryptography
internal import LedgerKit
internal import Synchronization

/// Tells those who wait that blocks were committed.
final class CommitFeed: Sendable {
  private struct Listeners {
    var heights: [Int: AsyncStream<UInt64>.Continuation] = [:]
    var outcomes: [Digest: [Int: AsyncStream<Outcome>.Continuation]] = [:]
    var tickets = 0

    mutating func ticket() -> Int {
      tickets += 1
      return tickets
    }
  }
  private let listeners = Mutex(Listeners())

  /// Heights as they are committed; a slow reader sees only the newest, and reads the blocks between from the store.
  func heights() -> AsyncStream<UInt64> {
    let (stream, continuation) = AsyncStream<UInt64>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let ticket = listeners.withLock { listeners in
      let ticket = listeners.ticket()
      listeners.heights[ticket] = continuation
      return ticket
    }
    continuation.onTermination = { [weak self] _ in
      self?.listeners.withLock { _ = $0.heights.removeValue(forKey: ticket) }
    }
    return stream
  }

  /// What becomes of a transaction, once; asked for before the transaction is submitted, so that no block is missed.
  func outcome(of id: Digest) -> AsyncStream<Outcome> {
    let (stream, continuation) = AsyncStream<Outcome>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let ticket = listeners.withLock { listeners in
      let ticket = listeners.ticket()
      listeners.outcomes[id, default: [:]][ticket] = continuation
      return ticket
    }
    continuation.onTermination = { [weak self] _ in self?.forget(id, ticket) }
    return stream
  }

  private func forget(_ id: Digest, _ ticket: Int) {
    listeners.withLock { listeners in
      listeners.outcomes[id]?[ticket] = nil
      if listeners.outcomes[id]?.isEmpty == true { listeners.outcomes[id] = nil }
    }
  }

  func publish(_ height: UInt64, _ results: BlockResults) {
    let (outcomes, heights) = listeners.withLock { listeners in
      let outcomes = results.transactions.enumerated().flatMap { position, result in
        (listeners.outcomes.removeValue(forKey: result.id) ?? [:]).values.map { continuation in
          (continuation, Outcome(height: height, position: UInt32(position), result: result))
        }
      }
      return (outcomes, Array(listeners.heights.values))
    }
    for (continuation, outcome) in outcomes {
      continuation.yield(outcome)
      continuation.finish()
    }
    for continuation in heights { continuation.yield(height) }
  }
}

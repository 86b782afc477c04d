internal import Cryptography
internal import LedgerKit
internal import Synchronization

/// The transactions that wait in the engine for a block, and the submissions that wait for the engine to ask about theirs.
///
/// CometBFT asks the application about every transaction that it takes; that is where a submission learns what became of its own.
final class PendingTransactions: Sendable {
  private struct Books {
    /// Ids by the digests of the bytes, and until when each can be in a block.
    var waiting: [Digest: (id: Digest, until: Timestamp)] = [:]
    var ballots: [Digest: [(ballot: Ballot, place: Int)]] = [:]
  }

  private let books = Mutex(Books())
  private let dropped: @Sendable ([(id: Digest, reason: Rejection)]) -> Void

  /// - Parameter dropped: told of transactions that waited, and will be in no block.
  init(dropped: @escaping @Sendable ([(id: Digest, reason: Rejection)]) -> Void) { self.dropped = dropped }

  var count: Int { books.withLock { $0.waiting.count } }

  /// Notes what the ledger said of a transaction that the engine asked about.
  func note(_ result: Result<VerifiedEnvelope, Rejection>, of digest: Digest, isRecheck: Bool) {
    let (ballots, lost) = books.withLock { books in
      let lost: Digest?
      switch result {
      case .success(let transaction):
        books.waiting[digest] = (transaction.id, transaction.body.validUntil)
        lost = nil
      case .failure: lost = isRecheck ? books.waiting.removeValue(forKey: digest)?.id : nil
      }
      return (books.ballots.removeValue(forKey: digest) ?? [], lost)
    }
    let refusal: Rejection? = if case .failure(let reason) = result { reason } else { nil }
    for (ballot, place) in ballots { ballot.answer(refusal, at: place) }
    if let lost, let refusal { dropped([(lost, refusal)]) }
  }

  /// Forgets transactions that a block took.
  func forget(_ digests: [Digest]) {
    books.withLock { books in for digest in digests { books.waiting[digest] = nil } }
  }

  /// Reports what can be in no block at `time` or later, and was in none: the engine may have lost it without a word.
  func dropExpired(at time: Timestamp) {
    let late = books.withLock { books in
      let late = books.waiting.filter { $0.value.until < time }
      for digest in late.keys { books.waiting[digest] = nil }
      return late.values
    }
    guard !late.isEmpty else { return }
    dropped(
      late.map { id, until in
        (id, LedgerReason.expired.rejection("valid until \(until.milliseconds), and no block had taken it by then"))
      })
  }

  /// Has a ballot told of the transactions with these digests.
  func begin(_ ballot: Ballot, _ digests: [Digest]) {
    books.withLock { books in
      for (place, digest) in digests.enumerated() { books.ballots[digest, default: []].append((ballot, place)) }
    }
  }

  /// Forgets a ballot that is over.
  func end(_ ballot: Ballot, _ digests: [Digest]) {
    books.withLock { books in
      for digest in digests {
        guard let others = books.ballots[digest]?.filter({ $0.ballot !== ballot }) else { continue }
        books.ballots[digest] = others.isEmpty ? nil : others
      }
    }
  }
}

/// What becomes of transactions that were handed to the engine together.
final class Ballot: Sendable {
  private struct Count {
    /// What is known so far of each: taken, or refused for a reason.
    var verdicts: [Result<Void, Rejection>?]
    var missing: Int
    var continuation: CheckedContinuation<Void, Never>?
  }

  private let count: Mutex<Count>

  init(_ size: Int) { count = Mutex(Count(verdicts: Array(repeating: nil, count: size), missing: size)) }

  /// Notes what became of the transaction at `place`; what was noted first stays.
  func answer(_ refusal: Rejection?, at place: Int) {
    count.withLock { count -> CheckedContinuation<Void, Never>? in
      guard count.verdicts[place] == nil else { return nil }
      count.verdicts[place] = refusal.map { .failure($0) } ?? .success(())
      count.missing -= 1
      return count.missing == 0 ? count.continuation.take() : nil
    }?.resume()
  }

  /// Why each was refused, once all are known or `limit` has passed; `unknown` for one of which nothing is known then.
  func refusals(within limit: Duration, unknown: Rejection) async -> [Rejection?] {
    let timer = Task {
      try? await Task.sleep(for: limit)
      end()
    }
    await withCheckedContinuation { continuation in
      count.withLock { count -> CheckedContinuation<Void, Never>? in
        guard count.missing > 0 else { return continuation }
        count.continuation = continuation
        return nil
      }?.resume()
    }
    timer.cancel()
    return count.withLock { count in
      count.verdicts.map { verdict in
        switch verdict {
        case .success: nil
        case .failure(let reason): reason
        case nil: unknown
        }
      }
    }
  }

  private func end() { count.withLock { $0.continuation.take() }?.resume() }
}

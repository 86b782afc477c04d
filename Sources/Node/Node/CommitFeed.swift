internal import Cryptography
internal import LedgerKit
internal import Synchronization

/// Tells those who wait what was committed, and what never will be.
final class CommitFeed: Sendable {
  private struct Listeners {
    var heights: [Int: AsyncStream<UInt64>.Continuation] = [:]
    var watches: [Digest: [(watch: Watch, place: Int)]] = [:]
    var dropped = DroppedTransactions()
    var tickets = 0
    /// Whether no block follows, so that there is nothing to wait for.
    var isClosed = false
  }
  private let listeners = Mutex(Listeners())

  /// Heights as they are committed; a slow reader sees only the newest, and reads the blocks between from the store.
  func heights() -> AsyncStream<UInt64> {
    let (stream, continuation) = AsyncStream<UInt64>.makeStream(bufferingPolicy: .bufferingNewest(1))
    let ticket = listeners.withLock { listeners in
      listeners.tickets += 1
      if listeners.isClosed { continuation.finish() } else { listeners.heights[listeners.tickets] = continuation }
      return listeners.tickets
    }
    continuation.onTermination = { [weak self] _ in
      self?.listeners.withLock { _ = $0.heights.removeValue(forKey: ticket) }
    }
    return stream
  }

  /// Has a watch told of its transactions; begun before they are submitted, so that no block is missed.
  func begin(_ watch: Watch) {
    let isClosed = listeners.withLock { listeners in
      guard !listeners.isClosed else { return true }
      for (place, id) in watch.ids { listeners.watches[id, default: []].append((watch, place)) }
      return false
    }
    if isClosed { watch.end() }
  }

  /// Forgets a watch that has ended.
  func end(_ watch: Watch) {
    listeners.withLock { listeners in
      for (_, id) in watch.ids {
        guard let others = listeners.watches[id]?.filter({ $0.watch !== watch }) else { continue }
        listeners.watches[id] = others.isEmpty ? nil : others
      }
    }
  }

  /// Tells of a committed block.
  func publish(_ height: UInt64, _ results: BlockResults) {
    tell(
      results.transactions.lazy.enumerated().map { position, result in
        News(id: result.id, submission: .committed(Outcome(height: height, position: UInt32(position), result: result)))
      })
    for continuation in listeners.withLock({ Array($0.heights.values) }) { continuation.yield(height) }
  }

  /// Tells of transactions that waited for a block, and will be in none.
  func publish(dropped: [(id: Digest, reason: Rejection)]) {
    listeners.withLock { listeners in
      for (id, reason) in dropped { listeners.dropped.insert(id, reason) }
    }
    tell(dropped.lazy.map { id, reason in News(id: id, submission: .refused(reason, id: id)) })
  }

  /// Why a transaction was dropped lately while it waited for a block.
  func reason(ofDropped id: Digest) -> Rejection? { listeners.withLock { $0.dropped[id] } }

  /// What became of a transaction.
  private struct News {
    let id: Digest
    let submission: Submission
  }

  private func tell(_ all: some Sequence<News>) {
    let told = listeners.withLock { listeners in
      var told: [(watch: Watch, place: Int, submission: Submission)] = []
      guard !listeners.watches.isEmpty else { return told }
      for news in all {
        for (watch, place) in listeners.watches.removeValue(forKey: news.id) ?? [] {
          told.append((watch, place, news.submission))
        }
      }
      return told
    }
    for (watch, place, submission) in told { watch.note(submission, at: place) }
  }

  /// Tells everyone who waits that no block follows.
  func close() {
    let closed = listeners.withLock { listeners in
      defer { listeners = Listeners(dropped: listeners.dropped, isClosed: true) }
      return (watches: listeners.watches.values.flatMap { $0.map(\.watch) }, heights: Array(listeners.heights.values))
    }
    for watch in closed.watches { watch.end() }
    for continuation in closed.heights { continuation.finish() }
  }
}

public import Cryptography

/// The ids executed within the validity window: what makes every transaction take effect once at the most.
///
/// It follows from the blocks of the window, so it takes no place in the state.
public struct RecentTransactions: Sendable {
  private var ids: Set<Digest> = []
  private var expiring: [(until: Timestamp, id: Digest)] = []
  private var forgotten = 0

  public init() {}

  public func contains(_ id: Digest) -> Bool { ids.contains(id) }

  /// Remembers an id of a block that was executed at `time`.
  mutating func insert(_ id: Digest, executedAt time: Timestamp, windowSeconds: UInt64) {
    guard ids.insert(id).inserted else { return }
    expiring.append((time.adding(seconds: windowSeconds), id))
  }

  /// Forgets what can no longer be valid at `time`.
  mutating func advance(to time: Timestamp) {
    while forgotten < expiring.count, expiring[forgotten].until < time {
      ids.remove(expiring[forgotten].id)
      forgotten += 1
    }
    if forgotten > expiring.count / 2 {
      expiring.removeFirst(forgotten)
      forgotten = 0
    }
  }
}

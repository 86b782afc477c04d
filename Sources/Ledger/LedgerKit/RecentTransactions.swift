public import Cryptography

/// The executed transactions whose validity windows are open: what makes every transaction take effect once at the most.
///
/// A transaction is forgotten when its own window has passed, since no block may include it again. All of it follows from the
/// blocks of the longest window, so it takes no place in the state.
public struct RecentTransactions: Sendable {
  /// Transactions whose windows end within one second; all of them are forgotten at once.
  private struct Group: Sendable {
    let second: UInt64
    var ids: Set<Digest> = []
  }

  /// Ascending by their seconds: no more than the longest window has.
  private var groups: [Group] = []

  public init() {}

  /// Number of transactions that are remembered.
  public var count: Int { groups.reduce(0) { $0 + $1.ids.count } }

  /// Whether the transaction `id`, valid until `end`, was executed.
  public func contains(_ id: Digest, validUntil end: Timestamp) -> Bool {
    let place = place(of: end.second)
    return place < groups.count && groups[place].second == end.second && groups[place].ids.contains(id)
  }

  mutating func insert(_ id: Digest, validUntil end: Timestamp) {
    let place = place(of: end.second)
    if place == groups.count || groups[place].second != end.second {
      groups.insert(Group(second: end.second), at: place)
    }
    groups[place].ids.insert(id)
  }

  /// Forgets what no block at `time` or later may include.
  mutating func advance(to time: Timestamp) { groups.removeFirst(place(of: time.second)) }

  /// Where the first group stands that does not end before `second`.
  private func place(of second: UInt64) -> Int {
    var low = 0
    var high = groups.count
    while low < high {
      let middle = low + (high - low) / 2
      if groups[middle].second < second { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension Timestamp {
  fileprivate var second: UInt64 { milliseconds / 1000 }
}

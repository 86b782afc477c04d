internal import Cryptography
internal import DequeModule
internal import LedgerKit

/// A transaction that waits, and when it came.
struct Waiting {
  let transaction: VerifiedEnvelope
  let arrival: UInt64
}

/// What waits of one sender, oldest first.
struct Lane {
  var queue: Deque<Waiting> = []
  /// When its turn was last, or it came; among equals the one with the lowest is next.
  var turn: UInt64
  /// No transaction in it ends earlier.
  private(set) var firstEnd = Timestamp(milliseconds: .max)

  init(turn: UInt64) { self.turn = turn }

  mutating func append(_ entry: Waiting) {
    queue.append(entry)
    firstEnd = min(firstEnd, entry.transaction.body.validUntil)
  }

  /// Takes out what no block at `time` or later may include.
  mutating func dropExpired(at time: Timestamp) -> [VerifiedEnvelope] {
    let dropped = queue.filter { $0.transaction.body.validUntil < time }
    queue.removeAll { $0.transaction.body.validUntil < time }
    firstEnd = queue.map(\.transaction.body.validUntil).min() ?? firstEnd
    return dropped.map(\.transaction)
  }
}

/// The next of a lane; the greatest goes into a block first.
struct Head: Comparable {
  let sender: Address
  let bytes: Int
  private let rate: FeeRate
  private let turn: UInt64

  init?(_ sender: Address, _ lane: Lane) {
    guard let first = lane.queue.first?.transaction else { return nil }
    self.sender = sender
    bytes = first.encoded.count
    rate = FeeRate(first.decoded)
    turn = lane.turn
  }

  static func < (one: Head, other: Head) -> Bool {
    one.rate == other.rate ? one.turn > other.turn : one.rate < other.rate
  }
}

/// The last of a lane; the least makes room first: it pays least, and among equals its sender has most that waits.
struct Tail: Comparable {
  let sender: Address
  let rate: FeeRate
  let waiting: Int
  private let arrival: UInt64

  init?(_ sender: Address, _ lane: Lane) {
    guard let last = lane.queue.last else { return nil }
    self.sender = sender
    rate = FeeRate(last.transaction.decoded)
    waiting = lane.queue.count
    arrival = last.arrival
  }

  static func < (one: Tail, other: Tail) -> Bool {
    guard one.rate == other.rate else { return one.rate < other.rate }
    return one.waiting == other.waiting ? one.arrival > other.arrival : one.waiting > other.waiting
  }
}

import Cryptography
import LedgerKit

@testable import Engine

/// What a mempool does, said as plainly as possible: every choice looks at everything that waits.
struct MempoolModel {
  let limits: MempoolLimits
  /// Oldest first.
  private(set) var waiting: [VerifiedEnvelope] = []
  /// When a sender was last served, or came.
  private var turns: [Address: Int] = [:]
  private var clock = 0

  init(limits: MempoolLimits) { self.limits = limits }

  private func of(_ sender: Address) -> [VerifiedEnvelope] { waiting.filter { $0.body.sender == sender } }
  private func rate(_ transaction: VerifiedEnvelope) -> FeeRate { FeeRate(transaction.decoded) }
  private var senders: Set<Address> { Set(waiting.map(\.body.sender)) }

  private mutating func tick() -> Int {
    clock += 1
    return clock
  }

  /// Ids that made room, or nothing when it was refused.
  mutating func insert(_ new: VerifiedEnvelope) -> [Digest]? {
    guard of(new.body.sender).count < limits.countPerSender else { return nil }
    let before = self
    var evicted: [Digest] = []
    while waiting.count >= limits.count || size + new.encoded.count > limits.bytes {
      let tails = senders.compactMap { of($0).last }
      let victim = tails.min { one, other in
        let (first, second) = (of(one.body.sender).count, of(other.body.sender).count)
        return rate(one) != rate(other)
          ? rate(one) < rate(other) : first != second ? first > second : place(one) > place(other)
      }
      guard let victim, isBetter(new, than: victim) else {
        self = before
        return nil
      }
      evicted.append(victim.id)
      waiting.removeAll { $0.id == victim.id }
    }
    let isFirst = of(new.body.sender).isEmpty
    waiting.append(new)
    let arrival = tick()
    if isFirst { turns[new.body.sender] = arrival }
    return evicted
  }

  private var size: Int { waiting.map(\.encoded.count).reduce(0, +) }
  private func place(_ transaction: VerifiedEnvelope) -> Int { waiting.firstIndex { $0.id == transaction.id } ?? -1 }

  private func isBetter(_ new: VerifiedEnvelope, than victim: VerifiedEnvelope) -> Bool {
    rate(new) > rate(victim)
      || rate(new) == rate(victim) && of(new.body.sender).count + 1 < of(victim.body.sender).count
  }

  mutating func take(upTo limit: UInt64) -> [Digest] {
    var taken: [VerifiedEnvelope] = []
    while let next = senders.compactMap({ of($0).first }).max(by: { one, other in
      rate(one) != rate(other)
        ? rate(one) < rate(other) : turns[one.body.sender, default: 0] > turns[other.body.sender, default: 0]
    }) {
      let size = (taken + [next]).map(\.encoded.count).reduce(0, +)
      guard taken.isEmpty || size <= limit else { break }
      taken.append(next)
      waiting.removeAll { $0.id == next.id }
      if !of(next.body.sender).isEmpty { turns[next.body.sender] = tick() }
    }
    return taken.map(\.id)
  }

  mutating func dropExpired(at time: Timestamp) -> Set<Digest> {
    let dropped = waiting.filter { $0.body.validUntil < time }
    waiting.removeAll { $0.body.validUntil < time }
    return Set(dropped.map(\.id))
  }
}

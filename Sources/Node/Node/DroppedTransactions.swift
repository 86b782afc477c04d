internal import Cryptography
internal import DequeModule
internal import LedgerKit

/// The transactions that were dropped lately while they waited for a block, and why; the oldest are forgotten.
struct DroppedTransactions {
  private static let limit = 16_384

  private var reasons: [Digest: Rejection] = [:]
  private var order: Deque<Digest> = []

  subscript(id: Digest) -> Rejection? { reasons[id] }

  mutating func insert(_ id: Digest, _ reason: Rejection) {
    if reasons.updateValue(reason, forKey: id) == nil { order.append(id) }
    if order.count > Self.limit, let oldest = order.popFirst() { reasons[oldest] = nil }
  }
}

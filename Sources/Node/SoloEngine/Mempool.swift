internal import Cryptography
internal import Engine
internal import LedgerKit

/// Transactions that wait for a block, oldest first.
struct Mempool {
  /// How much may wait.
  struct Limits: Sendable {
    var count = 50_000
    var bytes = 64 * 1024 * 1024
    var countPerSender = 5_000
  }

  private let limits: Limits
  private var queue: [VerifiedEnvelope] = []
  private var ids: Set<Digest> = []
  private var countsBySender: [Address: Int] = [:]
  private(set) var bytes = 0

  init(limits: Limits) { self.limits = limits }

  var count: Int { queue.count }

  /// Throws when the transaction waits already, or there is no room for it.
  func checkRoom(for transaction: DecodedEnvelope) throws(Rejection) {
    guard !ids.contains(transaction.id) else {
      throw NodeReason.alreadyPending.rejection("transaction \(transaction.id) waits for a block; look up its result")
    }
    guard count < limits.count, bytes + transaction.encoded.count <= limits.bytes else {
      throw NodeReason.mempoolFull.rejection("\(count) transactions wait; send it again after the next block")
    }
    let waiting = countsBySender[transaction.body.sender, default: 0]
    guard waiting < limits.countPerSender else {
      throw NodeReason.senderLimit.rejection(
        "\(waiting) transactions of \(transaction.body.sender) wait; send it later")
    }
  }

  mutating func insert(_ transaction: VerifiedEnvelope) {
    queue.append(transaction)
    ids.insert(transaction.id)
    countsBySender[transaction.body.sender, default: 0] += 1
    bytes += transaction.encoded.count
  }

  /// Takes the oldest transactions that fit in a block of `limit` bytes; they stay known until they are forgotten.
  ///
  /// One is always taken, so that a transaction larger than the limit does not hold up the others for ever.
  mutating func take(upTo limit: UInt64) -> [VerifiedEnvelope] {
    var size: UInt64 = 0
    let fitting = queue.prefix { transaction in
      size += UInt64(transaction.encoded.count)
      return size <= limit
    }
    let taken = Array(queue.prefix(max(fitting.count, 1)))
    queue.removeFirst(taken.count)
    for transaction in taken { release(transaction) }
    return taken
  }

  /// Forgets transactions whose block is committed; from then on the ledger knows them.
  mutating func forget(_ committed: [VerifiedEnvelope]) {
    for transaction in committed { ids.remove(transaction.id) }
  }

  private mutating func release(_ transaction: VerifiedEnvelope) {
    bytes -= transaction.encoded.count
    let sender = transaction.body.sender
    let left = countsBySender[sender, default: 1] - 1
    countsBySender[sender] = left > 0 ? left : nil
  }
}

internal import Cryptography
internal import DequeModule
internal import Engine
internal import LedgerKit
internal import Synchronization

/// The transactions whose signatures were checked lately, by the digest of their bytes: the engine shows each one several times, and
/// it is checked once.
final class VerifiedTransactions: Sendable {
  private struct Entries {
    var byDigest: [Digest: VerifiedEnvelope] = [:]
    /// Oldest first.
    var order: Deque<Digest> = []
    var bytes = 0

    mutating func insert(_ transaction: VerifiedEnvelope, _ digest: Digest) {
      guard byDigest.updateValue(transaction, forKey: digest) == nil else { return }
      order.append(digest)
      bytes += transaction.encoded.count
    }

    mutating func removeOldest() {
      guard let oldest = order.popFirst(), let transaction = byDigest.removeValue(forKey: oldest) else { return }
      bytes -= transaction.encoded.count
    }
  }

  private let ledger: Ledger
  private let desk: SignatureDesk
  private let limit: (count: Int, bytes: Int)
  private let entries = Mutex(Entries())

  /// - Parameter limit: transactions that are remembered at the most, and the bytes of their envelopes.
  init(ledger: Ledger, desk: SignatureDesk, limit: (count: Int, bytes: Int) = (65_536, 64 << 20)) {
    self.ledger = ledger
    self.desk = desk
    self.limit = limit
  }

  /// - Returns: one result for each, in their order.
  func verify(_ encoded: [[UInt8]]) async -> [Result<VerifiedEnvelope, Rejection>] {
    await verify(encoded, digests: encoded.map { Digest(of: $0) })
  }

  /// - Parameter digests: those of the bytes, for callers that need them too.
  func verify(_ encoded: [[UInt8]], digests: [Digest]) async -> [Result<VerifiedEnvelope, Rejection>] {
    let known = entries.withLock { entries in digests.map { entries.byDigest[$0] } }
    let decoded = zip(encoded, known).map { bytes, known in
      known == nil ? Result { () throws(Rejection) in try DecodedEnvelope(bytes, for: ledger) } : nil
    }
    var fresh = decoded.compactMap { $0 }.followed(by: await desk.verify(decoded.compactMap { $0 }.successes()))[...]
    remember(fresh.compactMap { try? $0.get() })
    return known.map { known in known.map { .success($0) } ?? fresh.removeFirst() }
  }

  func remember(_ transactions: [VerifiedEnvelope]) {
    let digests = transactions.map { Digest(of: $0.encoded) }
    entries.withLock { entries in
      for (digest, transaction) in zip(digests, transactions) { entries.insert(transaction, digest) }
      while entries.order.count > limit.count || entries.bytes > limit.bytes { entries.removeOldest() }
    }
  }
}

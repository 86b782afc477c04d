public import Cryptography
public import Encoding
public import LedgerKit

/// Signed transactions that are sent together: the body of `POST /v1/transactions/batch`.
public struct TransactionBatch: Record {
  /// Transactions at the most in one batch.
  public static let maximumCount = 1000
  /// Bytes at the most in the body that carries one.
  public static let maximumBytes = 4 << 20

  public static let schema = Schema(
    "TransactionBatch", "Signed transactions that are sent together and taken each on its own account.",
    TransactionBatch.init,
    Field(
      1, "transactions", \.transactions, "Canonical bytes of each envelope; at most 1,000 of them, and 4 MiB in all."))

  public let transactions: [Bytes]

  public init(transactions: [Bytes]) { self.transactions = transactions }

  public init(_ envelopes: [Envelope]) { self.init(transactions: envelopes.map { Bytes($0.encoded) }) }
}

/// What became of one transaction of a batch.
public struct BatchEntry: Record {
  public static let schema = Schema(
    "BatchEntry", "What became of one transaction of a batch.", BatchEntry.init,
    Field(1, "id", \.id, "Id of the transaction; missing when its bytes were not or cannot be read."),
    Field(2, "height", \.height, "Height of its block; missing when it is in none yet."),
    Field(3, "position", \.position, "Position in the block, from zero; missing when it is in none yet."),
    Field(
      4, "rejection", \.rejection,
      "Why it had no effect in its block or, without a block, why it was refused; missing when nothing is wrong."))

  public let id: Digest?
  public let height: UInt64?
  public let position: UInt32?
  public let rejection: RejectionEntry?

  public init(id: Digest?, height: UInt64? = nil, position: UInt32? = nil, rejection: RejectionEntry? = nil) {
    self.id = id
    self.height = height
    self.position = position
    self.rejection = rejection
  }
}

/// What became of a batch: the answer of `POST /v1/transactions/batch`.
public struct BatchAnswer: Record {
  public static let schema = Schema(
    "BatchAnswer", "What became of a batch.", BatchAnswer.init,
    Field(1, "entries", \.entries, "One entry for each transaction, in the order of the batch."))

  public let entries: [BatchEntry]

  public init(entries: [BatchEntry]) { self.entries = entries }
}

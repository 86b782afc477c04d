public import Cryptography
public import Encoding
public import LedgerKit

/// A transaction that waits for a block: the answer of `POST /v1/transactions` without waiting.
public struct Submitted: Record {
  public static let schema = Schema(
    "Submitted", "A transaction that waits for a block.", Submitted.init,
    Field(1, "id", \.id, "Id under which its outcome will be found."))

  public let id: Digest
  public init(id: Digest) { self.id = id }
}

/// A committed transaction with what became of it: the answer of `GET /v1/transactions/{id}`.
public struct CommittedTransaction: Record {
  public static let schema = Schema(
    "CommittedTransaction", "A committed transaction with what became of it.", CommittedTransaction.init,
    Field(1, "time", \.time, "Time of its block, in milliseconds since the Unix epoch."),
    Field(2, "envelope", \.envelope, "The transaction as it was signed."),
    Field(3, "outcome", \.outcome, "Where it was committed, and what became of it."))

  public let time: Timestamp
  public let envelope: Envelope
  public let outcome: Outcome

  public init(time: Timestamp, envelope: Envelope, outcome: Outcome) {
    self.time = time
    self.envelope = envelope
    self.outcome = outcome
  }
}

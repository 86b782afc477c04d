public import Encoding
public import LedgerKit

/// What a transaction would do if it were submitted now: the answer of `POST /v1/transactions/check`.
public struct CheckedTransaction: Record {
  public static let schema = Schema(
    "CheckedTransaction", "What a transaction would do if it were submitted now.", CheckedTransaction.init,
    Field(1, "fee", \.fee, "Fee that it pays, in nano-CPTM."),
    Field(2, "events", \.events, "What would happen, in order."))

  public let fee: Amount
  public let events: [EventEntry]

  public init(fee: Amount, events: [EventEntry]) {
    self.fee = fee
    self.events = events
  }
}

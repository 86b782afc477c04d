public import Encoding
public import LedgerKit

/// That a node works, and where it stands: the answer of `GET /health`.
public struct Health: Record {
  public static let schema = Schema(
    "Health", "That a node works, and where it stands.", Health.init,
    Field(1, "status", \.status, "`ok`."),
    Field(2, "chain", \.chain, "Id of the chain."),
    Field(3, "height", \.height, "Height of the last committed block."),
    Field(4, "time", \.time, "Time of that block, in milliseconds since the Unix epoch."),
    Field(5, "pendingTransactions", \.pendingTransactions, "Transactions that wait for a block."))

  public let status: String
  public let chain: String
  public let height: UInt64
  public let time: Timestamp
  public let pendingTransactions: UInt64

  public init(
    status: String = "ok", chain: String, height: UInt64, time: Timestamp, pendingTransactions: UInt64
  ) {
    self.status = status
    self.chain = chain
    self.height = height
    self.time = time
    self.pendingTransactions = pendingTransactions
  }
}

/// What a transaction would do: the answer of `POST /v1/transactions/check`.
public struct DryRun: Record {
  public static let schema = Schema(
    "DryRun", "What a transaction would do if it were submitted now.", DryRun.init,
    Field(1, "fee", \.fee, "Fee that it would pay, in nano-CPTM."),
    Field(2, "events", \.events, "What would happen, in order."))

  public let fee: Amount
  public let events: [EventEntry]

  public init(fee: Amount, events: [EventEntry]) {
    self.fee = fee
    self.events = events
  }
}

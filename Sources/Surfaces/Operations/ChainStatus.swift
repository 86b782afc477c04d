public import Encoding
public import LedgerKit

/// Which chain a node serves, and where it stands: the answer of `GET /v1/chain`.
public struct ChainStatus: Record {
  public static let schema = Schema(
    "ChainStatus", "Which chain a node serves, and where it stands.", ChainStatus.init,
    Field(1, "genesis", \.genesis, "The genesis document."),
    Field(2, "head", \.head, "The last committed header."),
    Field(3, "now", \.now, "The node's clock, in milliseconds since the Unix epoch."),
    Field(4, "pendingTransactions", \.pendingTransactions, "Transactions that wait for a block."))

  public let genesis: Genesis
  public let head: Header
  public let now: Timestamp
  public let pendingTransactions: UInt64

  public init(genesis: Genesis, head: Header, now: Timestamp, pendingTransactions: UInt64) {
    self.genesis = genesis
    self.head = head
    self.now = now
    self.pendingTransactions = pendingTransactions
  }
}

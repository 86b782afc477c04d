public import LedgerKit

/// The reasons for which a node refuses a transaction that the ledger might take.
public enum NodeReason: UInt32, RejectionReason {
  case mempoolFull = 1
  case senderLimit = 2
  case alreadyPending = 3
  case shuttingDown = 4
  case evicted = 5
  case busy = 6
  case engineUnavailable = 7

  public static let module = "node"

  public var doc: String {
    switch self {
    case .mempoolFull: "So many transactions wait for a block that only one that pays more for its bytes gets in."
    case .senderLimit: "Too many transactions of the sender wait for a block; try again after the next one."
    case .alreadyPending: "The transaction waits for a block already."
    case .shuttingDown: "The node is shutting down; send the transaction to another or again later."
    case .evicted: "The transaction had to make room for others while it waited; offer a higher fee."
    case .busy: "As many transactions are being checked as the node takes on at once; try again in a moment."
    case .engineUnavailable: "The consensus engine does not answer, or not in time; try again later."
    }
  }
}

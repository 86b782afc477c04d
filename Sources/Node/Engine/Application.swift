public import Cryptography
public import LedgerKit

/// The ledger as an engine drives it: ABCI 2.0's calls in our own words.
///
/// An engine decides which transactions make the next block; the application alone says what they do. What `finalize` computed
/// becomes durable in `commit`, so a crash between the two repeats the block.
public protocol Application: Sendable {
  /// The header of the last committed block.
  var head: Header { get async }

  /// Limits of the next block.
  var parameters: ChainParameters { get async }

  /// What would happen if a block were made of the transaction at `time`.
  ///
  /// - Throws: why it would have no effect.
  func check(_ transaction: VerifiedEnvelope, at time: Timestamp) async throws(Rejection) -> [EventEntry]

  /// Throws unless the transaction would take effect after all that were admitted since the last block, and counts it
  /// among them: transactions that exclude each other do not get in together.
  func admit(_ transaction: VerifiedEnvelope, at time: Timestamp) async throws(Rejection)

  /// Executes a block on top of the last committed one.
  func finalize(_ proposal: Proposal) async throws(EngineError) -> Header

  /// Makes the finalized block durable, in one fsynced write.
  func commit(signature: Signature?) async throws(EngineError)
}

/// What an engine decided: the transactions of the next block and its time.
public struct Proposal: Sendable {
  public let time: Timestamp
  public let transactions: [VerifiedEnvelope]

  public init(time: Timestamp, transactions: [VerifiedEnvelope]) {
    self.time = time
    self.transactions = transactions
  }
}

/// What orders transactions into blocks.
public protocol Engine: Sendable {
  /// Takes a transaction for one of the next blocks.
  ///
  /// - Throws: why it was refused; nothing was charged then, and it may be sent again.
  func submit(_ transaction: VerifiedEnvelope) async throws(Rejection)

  /// What would happen if the transaction were submitted now; nothing changes.
  ///
  /// - Throws: why it would be refused.
  func check(_ transaction: VerifiedEnvelope) async throws(Rejection) -> [EventEntry]

  /// Transactions that wait for a block.
  var pendingCount: Int { get async }
}

/// Why a node cannot go on.
public struct EngineError: Error, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

/// The reasons for which a node refuses a transaction that the ledger might take.
public enum NodeReason: UInt32, RejectionReason {
  case mempoolFull = 1
  case senderLimit = 2
  case alreadyPending = 3
  case shuttingDown = 4

  public static let module = "node"

  public var doc: String {
    switch self {
    case .mempoolFull: "Too many transactions wait for a block; try again after the next one."
    case .senderLimit: "Too many transactions of the sender wait for a block; try again after the next one."
    case .alreadyPending: "The transaction waits for a block already."
    case .shuttingDown: "The node is shutting down; send the transaction to another or again later."
    }
  }
}

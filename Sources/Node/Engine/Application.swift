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

  /// Says of each transaction why it would not take effect after all that were admitted since the last block; one that
  /// would counts among them from then on, so transactions that exclude each other do not get in together.
  ///
  /// - Returns: one entry for each, in their order; `nil` for one that was admitted.
  func admit(_ transactions: [VerifiedEnvelope], at time: Timestamp) async -> [Rejection?]

  /// Executes a block on top of the last committed one; asked again for the same one before its commit, it answers alike.
  func finalize(_ proposal: Proposal) async throws(EngineError) -> FinalizedBlock

  /// Makes the finalized block durable, in one fsynced write.
  func commit(signature: Signature?) async throws(EngineError)
}

/// What an engine decided: the transactions of the next block, its time, and what it says of the validators.
public struct Proposal: Sendable {
  public let time: Timestamp
  public let transactions: [VerifiedEnvelope]
  public let report: EngineReport?

  public init(time: Timestamp, transactions: [VerifiedEnvelope], report: EngineReport? = nil) {
    self.time = time
    self.transactions = transactions
    self.report = report
  }
}

/// What came of a block that is not durable yet.
public struct FinalizedBlock: Sendable {
  public let header: Header
  public let results: BlockResults
  /// Limits of the block after it.
  public let parameters: ChainParameters

  public init(header: Header, results: BlockResults, parameters: ChainParameters) {
    self.header = header
    self.results = results
    self.parameters = parameters
  }
}

/// What orders transactions into blocks.
public protocol Engine: Sendable {
  /// Says of each transaction why there is no place for it now, before anything is spent on its signatures.
  ///
  /// - Returns: one entry for each, in their order; `nil` for one that has a place.
  func weigh(_ transactions: [DecodedEnvelope]) async -> [Rejection?]

  /// Takes transactions for the next blocks, each on its own account.
  ///
  /// - Returns: why each was refused, in their order; nothing was charged then, and it may be sent again. `nil` for one
  ///   that was taken: it will stand in a block, or be reported as dropped.
  func submit(_ transactions: [VerifiedEnvelope]) async -> [Rejection?]

  /// What would happen if the transaction were submitted now; nothing changes.
  ///
  /// - Throws: why it would be refused.
  func check(_ transaction: VerifiedEnvelope) async throws(Rejection) -> [EventEntry]

  /// Transactions that wait for a block.
  var pendingCount: Int { get async }

  /// What certifies the header of `height`; `nil` where nothing does yet, or the sequencer's signature does.
  ///
  /// - Throws: `node.engineUnavailable` when it cannot be had now.
  func certificate(of height: UInt64) async throws(Rejection) -> Certificate?
}

extension Engine {
  public func certificate(of height: UInt64) async throws(Rejection) -> Certificate? { nil }
}

/// Why a node cannot go on.
public struct EngineError: Error, Sendable, CustomStringConvertible {
  public let description: String
  public init(_ description: String) { self.description = description }
}

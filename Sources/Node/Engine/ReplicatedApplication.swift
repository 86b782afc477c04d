public import Cryptography
public import LedgerKit

/// What an engine of many machines asks of the ledger beside: to begin a chain, to prove what it says, and to start from the snapshot
/// of another machine.
public protocol ReplicatedApplication: Application {
  var genesis: Genesis { get }

  /// The chain begins with its genesis document: no state will come from elsewhere.
  func begin() async throws(EngineError)

  /// The validators after the last committed block, and their powers.
  var validators: [ValidatorPower] { get async }

  /// Blocks for which the evidence of a fault is of use; `nil` where none is.
  var evidenceAgeBlocks: UInt64? { get async }

  /// The first height whose block this machine keeps for others; 0 when it keeps all.
  var retainHeight: UInt64 { get async }

  /// Says of each transaction why it would have no effect in a block made of these at `time`; nothing changes.
  ///
  /// - Returns: one entry for each, in their order; `nil` for one that would.
  func rehearse(_ transactions: [VerifiedEnvelope], at time: Timestamp) async -> [Rejection?]

  /// What `key` holds in the last committed state, with a proof.
  func prove(_ key: [UInt8]) async throws(Rejection) -> ProvenState

  /// The snapshots that this machine has for others.
  func snapshots() async throws(EngineError) -> [SnapshotOffer]

  /// A chunk of the snapshot of `height`; `nil` where there is none.
  func chunk(at position: Int, ofSnapshotAt height: UInt64) async throws(EngineError) -> [UInt8]?

  /// Begins to take the state from another machine's snapshot, in place of executing the blocks up to it.
  ///
  /// - Parameter root: that of the state, as the validators agreed on it.
  func restore(_ offer: SnapshotOffer, root: Digest) async throws(EngineError) -> SnapshotVerdict

  /// Takes the next chunk; with the last one the ledger goes on from the snapshot.
  func restore(_ chunk: [UInt8], at position: Int) async throws(EngineError) -> SnapshotVerdict
}

/// A snapshot of the state that one machine has for others.
public struct SnapshotOffer: Sendable {
  /// Height of the block after which the state is taken.
  public let height: UInt64
  public let name: Digest
  public let chunkCount: Int
  /// How each chunk is recognised, in the ledger's own form.
  public let manifest: [UInt8]

  public init(height: UInt64, name: Digest, chunkCount: Int, manifest: [UInt8]) {
    self.height = height
    self.name = name
    self.chunkCount = chunkCount
    self.manifest = manifest
  }
}

/// What the ledger says of another machine's snapshot, or of a part of it.
public enum SnapshotVerdict: Sendable, Equatable {
  case accepted
  /// Another snapshot is needed.
  case refused(String)
  /// The same part is needed again, from somebody else.
  case damaged(String)
}

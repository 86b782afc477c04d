internal import Chain
public import CometEngine
public import Cryptography
internal import Encoding
public import Engine
internal import Foundation
public import LedgerKit
public import Logging
internal import StateTree

/// A machine that joins a network of validators: its node opens once it is known how the chain begins here, with the genesis
/// document or with another machine's snapshot. Until then it has the genesis state, and takes no transactions.
public actor Newcomer: ReplicatedApplication {
  public nonisolated let genesis: Genesis
  private let configuration: Node.Configuration
  private let logger: Logger
  private let first: GenesisBlock
  private let firstState: MemoryBacking
  private let ledger: Ledger
  private let feed: CommitFeed
  private let desk: SignatureDesk
  private let now: @Sendable () -> Timestamp
  private var engine: CometEngine?
  private var node: Node?
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var restoration: SnapshotRestoration?

  /// - Parameter now: the time at which transactions are looked at that wait for a block.
  public init(
    _ configuration: Node.Configuration, genesis: Genesis, logger: Logger,
    now: @escaping @Sendable () -> Timestamp = Timestamp.now
  ) throws {
    self.configuration = configuration
    self.genesis = genesis
    self.logger = logger
    self.now = now
    ledger = try Ledger(genesis, upgrades: configuration.upgrades)
    first = try GenesisBlock(genesis, of: ledger)
    var backing = MemoryBacking()
    backing.apply(first.changes)
    firstState = backing
    feed = CommitFeed()
    desk = SignatureDesk(clerks: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The engine that drives this ledger; it is to run from the beginning.
  ///
  /// - Parameter comet: where the ledger and CometBFT meet.
  public func join(_ comet: CometEngine.Configuration) throws -> CometEngine {
    let engine = CometEngine(
      application: self, ledger: ledger, desk: desk, configuration: comet, now: now, logger: logger,
      dropped: { [feed] in feed.publish(dropped: $0) })
    self.engine = engine
    if FileManager.default.fileExists(atPath: configuration.chainPath) { try open() }
    return engine
  }

  /// The node, as soon as it has a chain; `nil` when the task is cancelled before.
  public func opened() async -> Node? {
    while node == nil, !Task.isCancelled {
      await withTaskCancellationHandler {
        await withCheckedContinuation { waiting.append($0) }
      } onCancel: {
        Task { await self.wake() }
      }
    }
    return node
  }

  /// Lets go of node and engine, which keep each other alive: the files close as soon as nobody else uses them.
  public func close() {
    node = nil
    engine = nil
    wake()
  }

  private func wake() {
    for continuation in waiting { continuation.resume() }
    waiting = []
  }

  @discardableResult
  private func open() throws(EngineError) -> LedgerApplication {
    if let node { return node.application }
    guard let engine else { throw EngineError("the ledger has no engine yet") }
    do {
      let node = try Node(configuration, genesis: genesis, feed: feed, desk: desk, logger: logger) { _ in engine }
      self.node = node
      wake()
      return node.application
    } catch { throw EngineError("the chain cannot be opened: \(error)") }
  }
}

extension Newcomer {
  public var head: Header { node?.application.head ?? first.block.header }

  public var parameters: ChainParameters { node?.application.parameters ?? genesis.parameters }

  public var validators: [ValidatorPower] {
    get async { await node?.application.validators ?? ledger.validators(in: beginning) }
  }

  public var evidenceAgeBlocks: UInt64? {
    get async {
      if let node { await node.application.evidenceAgeBlocks } else { ledger.evidenceAgeBlocks(in: beginning) }
    }
  }

  private var beginning: State { State(firstState, unions: ledger.unions) }

  public var retainHeight: UInt64 { get async { await node?.application.retainHeight ?? 0 } }

  public func begin() throws(EngineError) { try open() }

  public func check(_ transaction: VerifiedEnvelope, at time: Timestamp) async throws(Rejection) -> [EventEntry] {
    guard let node else { throw Self.notOpen }
    return try await node.application.check(transaction, at: time)
  }

  public func admit(_ transactions: [VerifiedEnvelope], at time: Timestamp) async -> [Rejection?] {
    await node?.application.admit(transactions, at: time) ?? transactions.map { _ in Self.notOpen }
  }

  public func rehearse(_ transactions: [VerifiedEnvelope], at time: Timestamp) async -> [Rejection?] {
    await node?.application.rehearse(transactions, at: time) ?? transactions.map { _ in Self.notOpen }
  }

  private static var notOpen: Rejection {
    NodeReason.engineUnavailable.rejection("this node has no chain yet; ask another, or again later")
  }

  public func finalize(_ proposal: Proposal) async throws(EngineError) -> FinalizedBlock {
    try await open().finalize(proposal)
  }

  public func commit(signature: Signature?) async throws(EngineError) {
    try await open().commit(signature: signature)
  }

  public func prove(_ key: [UInt8]) async throws(Rejection) -> ProvenState {
    guard let node else { throw Self.notOpen }
    return try await node.application.prove(key)
  }
}

extension Newcomer {
  public func snapshots() -> [SnapshotOffer] {
    // A machine without snapshots, or that cannot read them, has none for others.
    let folders = try? SnapshotFolder.all(in: configuration.snapshotsPath)
    return folders?.map { SnapshotOffer($0.manifest) } ?? []
  }

  public func chunk(at position: Int, ofSnapshotAt height: UInt64) throws(EngineError) -> [UInt8]? {
    // A snapshot may make room for another at any moment, and a peer asks for anything: neither is this machine's fault.
    let folder = try? SnapshotFolder(path: configuration.snapshotsPath + "/\(height)")
    return try? folder?.chunk(at: position)
  }

  public func restore(_ offer: SnapshotOffer, root: Digest) throws(EngineError) -> SnapshotVerdict {
    guard node == nil else {
      throw EngineError(
        "the ledger has a chain already: stop the node, and remove \(configuration.chainPath) to start from a snapshot")
    }
    // An earlier one, which the engine has given up.
    restoration = nil
    do throws(SnapshotError) {
      let manifest = try SnapshotManifest(offer)
      restoration = try SnapshotRestoration(manifest, genesis: genesis, root: root, configuration: configuration)
      logger.notice("taking the state of another node", metadata: ["height": "\(offer.height)"])
      return .accepted
    } catch { return try verdict(on: error) }
  }

  public func restore(_ chunk: [UInt8], at position: Int) throws(EngineError) -> SnapshotVerdict {
    guard restoration?.position == position else {
      throw EngineError("chunk \(position) of a snapshot does not follow the one before")
    }
    do throws(SnapshotError) {
      try restoration?.apply(chunk)
      guard restoration?.isComplete == true else { return .accepted }
      try restoration.take()?.finish()
    } catch { return try verdict(on: error) }
    try open()
    logger.notice("the state of another node is in place", metadata: ["height": "\(head.height)"])
    return .accepted
  }

  private func verdict(on error: SnapshotError) throws(EngineError) -> SnapshotVerdict {
    logger.warning("a snapshot of another node is not taken", metadata: ["why": "\(error)"])
    switch error {
    case .chunk: return .damaged(error.description)
    case .manifest, .content:
      restoration = nil
      return .refused(error.description)
    case .failed: throw EngineError(error.description)
    }
  }
}

extension SnapshotOffer {
  init(_ manifest: SnapshotManifest) {
    self.init(
      height: manifest.header.height, name: manifest.name, chunkCount: manifest.chunks.count,
      manifest: manifest.encoded)
  }
}

extension SnapshotManifest {
  /// The manifest of an offer, which must be what it says of itself.
  fileprivate init(_ offer: SnapshotOffer) throws(SnapshotError) {
    do { try self.init(encoded: offer.manifest) } catch { throw .manifest("is none: \(error)") }
    guard header.height == offer.height, name == offer.name, chunks.count == offer.chunkCount else {
      throw .manifest("is not that of the snapshot of height \(offer.height) that is offered")
    }
  }
}

internal import Chain
public import ContentStore
public import Cryptography
internal import Encoding
public import Engine
internal import Foundation
public import LedgerKit
public import Logging
public import Metrics
public import ServiceLifecycle
public import SoloEngine
internal import StateTree
internal import Storage

/// One relay: a ledger on durable storage, the engine that drives it, and the content beside it.
public final class Node: Sendable {
  /// Where a node keeps its files, and how it works.
  public struct Configuration: Sendable {
    /// Folder of the node's files.
    public var home: String
    /// Bounds of what waits for a block, where one process sequences.
    public var mempool = MempoolLimits()
    /// Bounds of the content beside the ledger.
    public var content: ContentStore.Limits
    /// Whether the history can be searched; without it a node spends nothing on that, and `reindex` can make up for it.
    public var isIndexed = true
    /// Heights up to the last one whose blocks are kept at least, in whole files; all where it is 0.
    public var keepBlocks: UInt64 = 0
    /// Blocks from one snapshot to the next; none is made where it is 0.
    public var snapshotEveryBlocks: UInt64 = 0
    /// Memory for the state on disk, in bytes: cached reads, and writes that are not flushed.
    public var stateMemoryBytes: Int {
      get { storage.state.memoryBytes }
      set { storage.state.memoryBytes = newValue }
    }
    var storage = ChainStore.Limits()
    /// The upgrades that this build knows.
    var upgrades = Ledger.standardUpgrades
    /// Where the node's counters go.
    public var metrics: any MetricsFactory

    var chainPath: String { home + "/chain" }
    var contentPath: String { home + "/content" }
    var indexPath: String { home + "/index.sqlite" }
    var snapshotsPath: String { home + "/snapshots" }

    public init(
      home: String, content: ContentStore.Limits = .standard, metrics: any MetricsFactory = MetricsSystem.factory
    ) {
      self.metrics = metrics
      self.home = home
      self.content = content
    }
  }

  public let genesis: Genesis
  public let ledger: Ledger
  public let content: ContentStore
  let history: History
  let application: LedgerApplication
  let indexFeed: IndexFeed?
  let snapshotFeed: SnapshotFeed?
  let engine: any Engine & Service
  let intake: Intake
  let feed: CommitFeed

  /// Opens the files of a node that sequences its chain alone, and recovers what they hold.
  ///
  /// - Parameter key: signs headers; its public key must be the genesis document's sequencer.
  public convenience init(
    _ configuration: Configuration, genesis: Genesis, key: PrivateKey, pace: SoloEngine.Pace = .every(.seconds(1)),
    logger: Logger
  ) throws {
    guard genesis.sequencer == key.publicKey else {
      throw EngineError("the key is not the sequencer that the genesis document names")
    }
    let feed = CommitFeed()
    let desk = SignatureDesk(clerks: ProcessInfo.processInfo.activeProcessorCount)
    try self.init(configuration, genesis: genesis, feed: feed, desk: desk, logger: logger) { application in
      SoloEngine(
        application: application, pace: pace, key: key, now: Timestamp.now, limits: configuration.mempool,
        logger: logger, metrics: configuration.metrics, dropped: { feed.publish(dropped: $0) })
    }
  }

  /// Opens the node's files, and recovers what they hold.
  ///
  /// - Parameters:
  ///   - feed: tells of transactions that are dropped, and is told of blocks.
  ///   - desk: checks signatures.
  ///   - engine: gives what drives the ledger.
  init(
    _ configuration: Configuration, genesis: Genesis, feed: CommitFeed, desk: SignatureDesk, logger: Logger,
    engine: (LedgerApplication) -> any Engine & Service
  ) throws {
    self.genesis = genesis
    self.feed = feed
    ledger = try Ledger(genesis, upgrades: configuration.upgrades)
    let store = try ChainStore(path: configuration.chainPath, limits: configuration.storage)
    if let cutOff = store.cutOff {
      logger.warning("a crash cut a write short; it is dropped", metadata: ["what": "\(cutOff)"])
    }
    if let head = store.height, store.stateHeight != head {
      logger.notice("executing the blocks again that the state lacks", metadata: ["to": "\(head)"])
    }
    content = try ContentStore(path: configuration.contentPath, limits: configuration.content)
    application = LedgerApplication(
      ledger: ledger, store: store, recovered: try Recovery.run(ledger, genesis, store),
      keepBlocks: configuration.keepBlocks, feed: feed, metrics: configuration.metrics)
    history = try History(
      store: store, unions: ledger.unions, indexPath: configuration.indexPath, isIndexed: configuration.isIndexed,
      genesis: genesis, logger: logger)
    indexFeed = configuration.isIndexed ? IndexFeed(history: history, heights: feed.heights, logger: logger) : nil
    snapshotFeed =
      configuration.snapshotEveryBlocks == 0
      ? nil
      : SnapshotFeed(
        genesis: genesis, application: application, path: configuration.snapshotsPath,
        everyBlocks: configuration.snapshotEveryBlocks, heights: feed.heights, logger: logger)
    self.engine = engine(application)
    intake = Intake(ledger: ledger, engine: self.engine, feed: feed, desk: desk, metrics: configuration.metrics)
    logger.info("node opened", metadata: ["chain": "\(ledger.chain)", "height": "\(application.head.height)"])
  }

  /// What feeds on committed blocks.
  public var feeds: [any Service] {
    let feeds: [(any Service)?] = [snapshotFeed, indexFeed]
    return feeds.compactMap { $0 }
  }

  /// What must run for the node to work; a service group stops the last one first.
  public var services: [any Service] { feeds + [engine] }
}

extension Timestamp {
  /// The wall clock, which only the node layers may read.
  @Sendable public static func now() -> Timestamp {
    let now = Date().timeIntervalSince1970
    return Timestamp(milliseconds: UInt64(now * 1000))
  }
}

extension Node {
  /// The last committed header.
  public var head: Header { application.head }

  public var pendingCount: Int { get async { await engine.pendingCount } }

  /// Limits of blocks and transactions, now.
  public var parameters: ChainParameters { application.parameters }

  /// The least fee, now, of a transaction of `size` bytes.
  public func minimumFee(size: Int) throws(Rejection) -> Amount { try application.minimumFee(size: size) }

  /// Answers from the last committed state.
  public func answer<Q: Query>(_ query: Q) throws(Rejection) -> (answer: Q.Answer, header: Header) {
    let last = application.committed
    let answer = try query.answer(from: State(last.state, unions: ledger.unions), at: last.header.moment)
    return (answer, last.header)
  }

  /// Answers from the last committed state, with proofs of what the answer rests on.
  public func prove<Q: Query>(_ query: Q) async throws(Rejection) -> (answer: Q.Answer, proof: ProvenState) {
    let keys = vouched(query.evidence)
    let (last, proofs) = try await application.prove(keys)
    let answer = try query.answer(from: State(last.state, unions: ledger.unions), at: last.header.moment)
    return (answer, last.proven(keys, by: proofs))
  }

  /// What `keys` hold in the last committed state, with proofs.
  ///
  /// - Throws: `node.shuttingDown` when the node cannot go on.
  public func prove(_ keys: [[UInt8]]) async throws(Rejection) -> ProvenState {
    let keys = vouched(keys)
    let (last, proofs) = try await application.prove(keys)
    return last.proven(keys, by: proofs)
  }

  /// The keys to prove: validators certify the root alone, so what it says of the header is proven with the rest.
  private func vouched(_ keys: [[UInt8]]) -> [[UInt8]] { genesis.sequencer == nil ? keys + [Lineage.key] : keys }

  /// The validators' certificate of the header of `height`; `nil` where there is none yet.
  public func certificate(of height: UInt64) async throws(Rejection) -> Certificate? {
    try await engine.certificate(of: height)
  }

  /// Heights as they are committed; a slow reader sees only the newest.
  public func heights() -> AsyncStream<UInt64> { feed.heights() }
}

extension ContentStore.Limits {
  /// 4 GiB in all, 256 MiB in one blob, kept for a week.
  public static let standard = ContentStore.Limits(
    totalBytes: 4 << 30, blobBytes: 256 << 20, lifetimeSeconds: 7 * 86_400)
}

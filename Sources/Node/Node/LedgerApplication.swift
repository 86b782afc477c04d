public import Cryptography
internal import Encoding
public import Engine
public import LedgerKit
internal import Metrics
public import StateTree
public import Storage
internal import Synchronization

extension StateSnapshot: Backing {}

/// The ledger on durable storage: executes blocks one after the other, and answers from the last one.
public actor LedgerApplication: Application {
  /// The last committed header with the state that it commits to.
  struct Committed: Sendable {
    let header: Header
    let signature: Signature?
    let state: StateSnapshot
    /// What the state says of the next block, decoded once.
    let parameters: ChainParameters

    init(_ block: Block, _ state: StateSnapshot, of ledger: Ledger) {
      header = block.header
      signature = block.signature
      self.state = state
      parameters = ledger.parameters(in: State(state, unions: ledger.unions))
    }
  }

  /// How far the next block is.
  private enum Stage {
    case between
    case executing
    /// The block was executed, and waits for its commit.
    case executed
    case storing
  }

  public nonisolated let ledger: Ledger
  nonisolated let store: ChainStore
  private nonisolated let published: Mutex<Committed>
  private nonisolated let feed: CommitFeed
  private nonisolated let metrics: LedgerMetrics
  /// What `published` holds, as the thread of this actor works on it.
  private let current: CommittedState
  private var tree: MerkleTree
  /// Whether the tree no longer stands over the committed state, but over that of a block under way.
  private var isTreeAhead = false
  private var recent: RecentTransactions
  /// The block that was executed and is not durable yet.
  private var finalized: ExecutedBlock?
  private var stage = Stage.between
  /// The committed state with everything that was admitted since; dropped with each commit.
  private var admitted: State?
  /// The envelopes that it counts, by their ids: asked for again, as an engine does that looks through what waits after a block, each
  /// counts once. Another's signatures of the same body are not the same envelope.
  private var admittedEnvelopes: [Digest: [UInt8]] = [:]
  /// What was admitted while a block is made, and is not in it: it counts on the state after that block too.
  private var admittedMeanwhile: [VerifiedEnvelope] = []
  /// Who waits until a block is executed or committed.
  private var awaitingCommit: [CheckedContinuation<Void, Never>] = []
  /// Whether a block could not be stored, so that none follows.
  private var isStopped = false
  nonisolated let pruning: Pruning

  /// - Parameter keepBlocks: heights up to the last one that are kept at least; all where it is 0.
  init(
    ledger: Ledger, store: ChainStore, recovered: consuming Recovery, keepBlocks: UInt64, feed: CommitFeed,
    metrics: any MetricsFactory
  ) {
    pruning = Pruning(keepBlocks: keepBlocks, ledger: ledger, store: store)
    self.metrics = LedgerMetrics(metrics)
    self.ledger = ledger
    self.store = store
    self.feed = feed
    let block = recovered.block
    let state = store.state()
    published = Mutex(Committed(block, state, of: ledger))
    current = CommittedState(state, unions: ledger.unions)
    recent = recovered.recent
    tree = recovered.tree
    self.metrics.height.record(block.header.height)
  }

  nonisolated var committed: Committed { published.withLock { $0 } }

  public nonisolated var head: Header { committed.header }

  public nonisolated var parameters: ChainParameters { committed.parameters }

  /// The least fee, now, of a transaction of `size` bytes.
  nonisolated func minimumFee(size: Int) throws(Rejection) -> Amount {
    try ledger.minimumFee(size: size, in: State(committed.state, unions: ledger.unions))
  }

  public func check(_ transaction: VerifiedEnvelope, at time: Timestamp) throws(Rejection) -> [EventEntry] {
    var state = State(on: current)
    return try ledger.check(transaction, on: &state, at: next(after: committed, at: time), recent: recent)
  }

  public func admit(_ transactions: [VerifiedEnvelope], at time: Timestamp) -> [Rejection?] {
    var state = admitted.take() ?? State(on: current)
    let moment = next(after: committed, at: time)
    let refusals = transactions.map { transaction -> Rejection? in
      guard admittedEnvelopes[transaction.id] != transaction.encoded else { return nil }
      let refusal = refusal(of: transaction, on: &state, at: moment)
      if refusal == nil { note(admitted: transaction) }
      return refusal
    }
    admitted = consume state
    return refusals
  }

  private func note(admitted transaction: VerifiedEnvelope) {
    admittedEnvelopes[transaction.id] = transaction.encoded
    if stage != .between { admittedMeanwhile.append(transaction) }
  }

  /// Says of each transaction why it would have no effect in a block made of these at `time`; nothing changes.
  public func rehearse(_ transactions: [VerifiedEnvelope], at time: Timestamp) -> [Rejection?] {
    var state = State(on: current)
    let moment = next(after: committed, at: time)
    return transactions.map { refusal(of: $0, on: &state, at: moment) }
  }

  /// Why the transaction would have no effect on `state`, which it changes where it would.
  private func refusal(
    of transaction: VerifiedEnvelope, on state: inout State, at moment: Moment
  ) -> Rejection? {
    do throws(Rejection) {
      try ledger.check(transaction, on: &state, at: moment, recent: recent)
      return nil
    } catch { return error }
  }

  /// Where the chain would stand if a block were made at `time`.
  private func next(after last: Committed, at time: Timestamp) -> Moment {
    Moment(height: last.header.height + 1, time: max(time, last.header.time))
  }

  /// Executes the block; its hashes are reckoned away from the actor, which goes on admitting.
  public func finalize(_ proposal: Proposal) async throws(EngineError) -> FinalizedBlock {
    try await waitForBlockUnderWay()
    if let block = try finalizedBefore(proposal) { return block }
    var execution = try execute(proposal)
    stage = .executing
    let lineage = await Self.lineage(of: proposal, execution.results, after: head)
    let changes = execution.changes(with: lineage)
    let header = lineage.header(chain: ledger.chain, state: await grow(changes))
    let block = execution.block(header, changes)
    let summary = block.summary(by: ledger)
    finalized = consume block
    stage = .executed
    resumeWaiting()
    return summary
  }

  /// An engine that crashed may ask again while the block that it asked for before is executed or stored still.
  private func waitForBlockUnderWay() async throws(EngineError) {
    while stage == .executing || stage == .storing {
      guard !isStopped else { throw EngineError("the last block could not be stored") }
      await waitForBlock()
    }
  }

  /// How long a proof waits for a block to be committed.
  private static let patience = Duration.seconds(5)

  /// Returns when a block was executed or committed, or some time has passed.
  private func waitForBlock() async {
    let alarm = Task {
      try? await Task.sleep(for: .milliseconds(500))
      resumeWaiting()
    }
    await withCheckedContinuation { awaitingCommit.append($0) }
    alarm.cancel()
  }

  /// Executes the transactions of a block; a build that lacks its rules stops.
  private func execute(_ proposal: Proposal) throws(EngineError) -> BlockExecution {
    do throws(MissingUpgrade) {
      return try BlockExecution(proposal, after: head, on: current, by: ledger, recent: &recent)
    } catch {
      stop()
      throw EngineError("\(error)")
    }
  }

  @concurrent private static func lineage(
    of proposal: Proposal, _ results: BlockResults, after previous: Header
  ) async -> Lineage { Lineage(of: proposal, results, after: previous) }

  /// Brings the tree to the block's state, and returns its root.
  private func grow(_ changes: [StateChange]) async -> Digest {
    var growing = MerkleTree()
    swap(&growing, &tree)
    isTreeAhead = true
    tree = await Self.apply(changes, to: growing)
    return tree.root
  }

  @concurrent private static func apply(
    _ changes: [StateChange], to tree: consuming sending MerkleTree
  ) async -> sending MerkleTree {
    tree.apply(changes, with: .dispatch)
    return tree
  }

  /// What came of `proposal` when it was finalized before: an engine that crashed since then asks again.
  private func finalizedBefore(_ proposal: Proposal) throws(EngineError) -> FinalizedBlock? {
    switch finalized {
    case .some(let block):
      guard block.isOf(proposal) else { throw EngineError("another block was finalized and not committed") }
      return block.summary(by: ledger)
    case nil: return nil
    }
  }

  public func commit(signature: Signature?) async throws(EngineError) {
    guard let executed = finalized.take() else { throw EngineError("no block was finalized") }
    stage = .storing
    let block = executed.block(signature: signature)
    let results = executed.results
    do throws(StorageError) { try await Self.store(block, results, executed.changes, in: store) } catch {
      stop()
      throw EngineError("block \(block.header.height) cannot be stored: \(error)")
    }
    let committed = Committed(block, store.state(), of: ledger)
    published.withLock { $0 = committed }
    metrics.count(results, at: block.header.height)
    feed.publish(block.header.height, results)
    advance(to: committed, after: executed)
    try pruning.run(after: block.header, windowSeconds: committed.parameters.maximumWindowSeconds)
  }

  /// Stores a block away from the actor, which goes on admitting.
  @concurrent private static func store(
    _ block: Block, _ results: BlockResults, _ changes: [StateChange], in store: ChainStore
  ) async throws(StorageError) { try store.commit(block, results, changes) }

  /// Goes on to the committed block, and admits on its state what was admitted on the one before and is not in it. What no
  /// longer would take effect stays with the engine: its block will say why.
  private func advance(to committed: Committed, after executed: consuming ExecutedBlock) {
    current.advance(to: committed.state, with: executed.state)
    isTreeAhead = false
    stage = .between
    resumeWaiting()
    admitted = nil
    admittedEnvelopes = [:]
    let meanwhile = admittedMeanwhile
    admittedMeanwhile = []
    _ = admit(meanwhile, at: committed.header.time)
  }

  /// Lets nobody wait for a block that does not come.
  private func stop() {
    isStopped = true
    feed.close()
    resumeWaiting()
  }

  private func resumeWaiting() {
    for continuation in awaitingCommit { continuation.resume() }
    awaitingCommit = []
  }

  /// The committed state with proofs of what `keys` hold in it, or that they hold nothing.
  ///
  /// - Throws: `node.shuttingDown` when the block on which the tree stands could not be stored, and `node.engineUnavailable` when
  ///   its engine has executed it and does not commit it.
  func prove(_ keys: [[UInt8]]) async throws(Rejection) -> (committed: Committed, proofs: [CommitmentProof]) {
    let deadline = ContinuousClock.now.advanced(by: Self.patience)
    while isTreeAhead || isStopped {
      guard !isStopped else {
        throw NodeReason.shuttingDown.rejection(
          "the last block could not be stored, so the node stops; ask again later")
      }
      guard ContinuousClock.now < deadline else {
        throw NodeReason.engineUnavailable.rejection("the engine has not committed the last block; ask again later")
      }
      await waitForBlock()
    }
    let last = committed
    let proofs = keys.compactMap { key in
      tree.prove(key) { path in
        last.state.key(ofPath: path).flatMap { key in last.state.value(at: key).map { (key, $0) } }
      }
    }
    return (last, proofs)
  }
}

extension ChainStore {
  /// Makes a block, its results and its changes durable, all or nothing.
  func commit(_ block: Block, _ results: BlockResults, _ changes: [StateChange]) throws(StorageError) {
    try commit(
      Commit(
        height: block.header.height, block: block.encoded, results: results.encoded,
        changes: changes.map { ($0.key, $0.value, $0.isNew) }))
  }
}

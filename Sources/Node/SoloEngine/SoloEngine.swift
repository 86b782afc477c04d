public import Cryptography
public import Engine
public import LedgerKit
public import Logging
public import Metrics
public import ServiceLifecycle

/// The embedded engine: one sequencer in one process, for a relay that one operator manages.
public actor SoloEngine: Engine, Service {
  /// When a block is made of what waits.
  public enum Pace: Sendable, Equatable {
    /// Once in so long a time, and earlier when a block is full.
    case every(Duration)
    /// As soon as a transaction arrives.
    case instant
  }

  private enum Signal { case tick, submitted }

  private let application: any Application
  private let pace: Pace
  private let key: PrivateKey
  private let now: @Sendable () -> Timestamp
  private let logger: Logger
  private let metrics: EngineMetrics
  private let dropped: @Sendable ([(id: Digest, reason: Rejection)]) -> Void
  private var mempool: Mempool
  private var blockBytes: UInt64 = .max
  private var isStopping = false
  private let signals: AsyncStream<Signal>
  private let signal: AsyncStream<Signal>.Continuation

  /// - Parameters:
  ///   - key: signs the headers; its public key is the genesis document's sequencer.
  ///   - now: the time for the next block.
  ///   - dropped: told of transactions that were taken, and will be in no block.
  public init(
    application: any Application, pace: Pace, key: PrivateKey, now: @escaping @Sendable () -> Timestamp,
    limits: MempoolLimits = MempoolLimits(), logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory,
    dropped: @escaping @Sendable ([(id: Digest, reason: Rejection)]) -> Void
  ) {
    self.metrics = EngineMetrics(metrics)
    self.dropped = dropped
    mempool = Mempool(limits: limits)
    self.application = application
    self.pace = pace
    self.key = key
    self.now = now
    self.logger = logger
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  public var pendingCount: Int { mempool.count }

  public func check(_ transaction: VerifiedEnvelope) async throws(Rejection) -> [EventEntry] {
    try requireRoom(for: transaction.decoded)
    return try await application.check(transaction, at: now())
  }

  public func weigh(_ transactions: [DecodedEnvelope]) -> [Rejection?] {
    transactions.map { transaction in rejection { () throws(Rejection) in try requireRoom(for: transaction) } }
  }

  public func submit(_ transactions: [VerifiedEnvelope]) async -> [Rejection?] {
    let refusals = await application.admit(transactions, at: now())
    // Others may have come in while the application was busy with these.
    let results = zip(transactions, refusals).map { transaction, refusal in
      refusal ?? rejection { () throws(Rejection) in try insert(transaction) }
    }
    metrics.waiting.record(mempool.count)
    if isNextBlockDue { signal.yield(.submitted) }
    return results
  }

  private func insert(_ transaction: VerifiedEnvelope) throws(Rejection) {
    try requireRunning()
    let evicted = try mempool.insert(transaction)
    metrics.accepted.increment()
    guard !evicted.isEmpty else { return }
    metrics.evicted.increment(by: evicted.count)
    dropped(
      evicted.map { transaction in
        let reason = "another took its place while it waited; offer more than \(transaction.body.fee)"
        return (transaction.id, NodeReason.evicted.rejection(reason))
      })
  }

  private func rejection(_ body: () throws(Rejection) -> Void) -> Rejection? {
    do { try body() } catch { return error }
    return nil
  }

  private func requireRoom(for transaction: DecodedEnvelope) throws(Rejection) {
    try requireRunning()
    try mempool.requireRoom(for: transaction)
  }

  private func requireRunning() throws(Rejection) {
    guard !isStopping else { throw NodeReason.shuttingDown.rejection("the node is shutting down; send it again later") }
  }

  /// Makes blocks until a graceful shutdown, and a last one of what waits then.
  public func run() async throws {
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        if case .every(let interval) = pace { group.addTask { await self.tick(every: interval) } }
        // A block must not stand in line behind transactions that only the next one will take.
        group.addTask(priority: .high) { try await self.makeBlocks() }
        // Ticks end with the group alone, so this is the end of the blocks.
        try await group.next()
        group.cancelAll()
      }
    } onGracefulShutdown: {
      Task { await self.stop() }
    }
    while mempool.count > 0 { try await makeBlock() }
    let height = await application.head.height
    logger.info("engine stopped", metadata: ["height": "\(height)"])
  }

  private func makeBlocks() async throws {
    for await _ in signals where mempool.count > 0 {
      repeat { try await makeBlock() } while isNextBlockDue
    }
  }

  /// Whether what waits must not wait for the next tick.
  private var isNextBlockDue: Bool { pace == .instant ? mempool.count > 0 : mempool.bytes >= blockBytes }

  private func stop() {
    isStopping = true
    signal.finish()
  }

  private func tick(every interval: Duration) async {
    let clock = ContinuousClock()
    var next = clock.now
    while !Task.isCancelled {
      next = max(next.advanced(by: interval), clock.now)
      try? await Task.sleep(until: next, clock: clock)
      signal.yield(.tick)
    }
  }

  private func dropExpired(at time: Timestamp) {
    let expired = mempool.dropExpired(at: time)
    guard !expired.isEmpty else { return }
    metrics.expired.increment(by: expired.count)
    dropped(
      expired.map { transaction in
        let reason = "valid until \(transaction.body.validUntil.milliseconds), and no block had taken it by then"
        return (transaction.id, LedgerReason.expired.rejection(reason))
      })
  }

  private func makeBlock() async throws(EngineError) {
    blockBytes = await application.parameters.maximumBlockBytes
    let clock = ContinuousClock()
    let start = clock.now
    let previous = await application.head.time
    let time = max(now(), Timestamp(milliseconds: previous.milliseconds + 1))
    dropExpired(at: time)
    let transactions = mempool.take(upTo: blockBytes)
    metrics.waiting.record(mempool.count)
    guard !transactions.isEmpty else { return }
    let header = try await application.finalize(Proposal(time: time, transactions: transactions)).header
    try await application.commit(signature: key.sign(header.bytesToSign))
    mempool.forget(transactions)
    metrics.execution.record(duration: clock.now - start)
    logger.debug("block", metadata: ["height": "\(header.height)", "transactions": "\(transactions.count)"])
  }
}

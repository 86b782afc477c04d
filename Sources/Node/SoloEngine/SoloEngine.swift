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
  private var mempool = Mempool(limits: Mempool.Limits())
  private var blockBytes: UInt64 = .max
  private var isStopping = false
  private let signals: AsyncStream<Signal>
  private let signal: AsyncStream<Signal>.Continuation

  /// - Parameters:
  ///   - key: signs the headers; its public key is the genesis document's sequencer.
  ///   - now: the time for the next block.
  public init(
    application: any Application, pace: Pace, key: PrivateKey, now: @escaping @Sendable () -> Timestamp,
    logger: Logger, metrics: any MetricsFactory = MetricsSystem.factory
  ) {
    self.metrics = EngineMetrics(metrics)
    self.application = application
    self.pace = pace
    self.key = key
    self.now = now
    self.logger = logger
    (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  public var pendingCount: Int { mempool.count }

  public func check(_ transaction: VerifiedEnvelope) async throws(Rejection) -> [EventEntry] {
    try checkRoom(for: transaction.decoded)
    return try await application.check(transaction, at: now())
  }

  public func weigh(_ transactions: [DecodedEnvelope]) -> [Rejection?] {
    transactions.map { transaction in rejection { () throws(Rejection) in try checkRoom(for: transaction) } }
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
    try checkRoom(for: transaction.decoded)
    mempool.insert(transaction)
  }

  private func rejection(_ body: () throws(Rejection) -> Void) -> Rejection? {
    do { try body() } catch { return error }
    return nil
  }

  private func checkRoom(for transaction: DecodedEnvelope) throws(Rejection) {
    guard !isStopping else { throw NodeReason.shuttingDown.rejection("the node is shutting down; send it again later") }
    try mempool.checkRoom(for: transaction)
  }

  /// Makes blocks until a graceful shutdown, and a last one of what waits then.
  public func run() async throws {
    try await withGracefulShutdownHandler {
      try await withThrowingTaskGroup(of: Void.self) { group in
        if case .every(let interval) = pace { group.addTask { await self.tick(every: interval) } }
        for await _ in signals where mempool.count > 0 {
          repeat { try await makeBlock() } while isNextBlockDue
        }
        group.cancelAll()
      }
    } onGracefulShutdown: {
      Task { await self.stop() }
    }
    while mempool.count > 0 { try await makeBlock() }
    let height = await application.head.height
    logger.info("engine stopped", metadata: ["height": "\(height)"])
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

  private func makeBlock() async throws(EngineError) {
    blockBytes = await application.parameters.maximumBlockBytes
    let transactions = mempool.take(upTo: blockBytes)
    metrics.waiting.record(mempool.count)
    let clock = ContinuousClock()
    let start = clock.now
    let previous = await application.head.time
    let time = max(now(), Timestamp(milliseconds: previous.milliseconds + 1))
    let header = try await application.finalize(Proposal(time: time, transactions: transactions))
    try await application.commit(signature: key.sign(header.bytesToSign))
    mempool.forget(transactions)
    metrics.execution.record(duration: clock.now - start)
    logger.debug("block", metadata: ["height": "\(header.height)", "transactions": "\(transactions.count)"])
  }
}

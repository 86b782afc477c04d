public import Cryptography
internal import LedgerKit
public import Logging
internal import Market
public import Sandbox
public import ServiceLifecycle

/// Takes orders for one offer, runs the jobs in a sandbox, and delivers the results.
///
/// The ledger says which deals there are and the journal what was delivered; nothing else outlives the process, so a provider that
/// is started again goes on where the last one stopped.
public actor Provider: Service {
  let configuration: ProviderConfiguration
  let account: Address
  let relay: PatientRelay
  let executor: any Executor
  let folder: WorkingFolder
  let jobs: JobsFolder
  let logger: Logger
  private let key: PrivateKey
  private let wakeups: AsyncStream<Void>
  private let wakeup: AsyncStream<Void>.Continuation

  private(set) var journal = Journal.empty
  /// The offer's terms, from the ledger; missing until it is listed.
  var offer: Offer?
  /// Deals that a task works on.
  var running: Set<Identifier> = []
  /// Orders whose jobs a task looks at.
  var assessing: Set<Identifier> = []
  /// What it thinks of the live orders that it has looked at.
  var assessments: [Identifier: OrderAssessment] = [:]
  /// What the last look at the ledger found.
  var orders: [Identifier: Order] = [:]
  private(set) var isStopping = false

  /// - Parameters:
  ///   - key: signs for the provider.
  ///   - account: the account that offers and is paid, when it is not the key's own address (after a key rotation).
  public init(
    _ configuration: ProviderConfiguration, key: PrivateKey, account: Address? = nil, relay: any Relay,
    executor: any Executor = BubblewrapExecutor(), logger: Logger
  ) {
    self.configuration = configuration
    self.key = key
    self.account = account ?? Address(key.publicKey)
    self.relay = PatientRelay(relay, firstDelay: configuration.pollInterval, logger: logger)
    self.executor = executor
    self.logger = logger
    folder = WorkingFolder(path: configuration.folder)
    jobs = JobsFolder(path: configuration.jobsFolder)
    (wakeups, wakeup) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  /// What it does now, and has earned in its folder's lifetime.
  public var status: ProviderStatus {
    ProviderStatus(
      offer: journal.listing?.offer, running: running.sorted(), finished: journal.finished, earned: journal.earned)
  }

  /// Serves until a graceful shutdown; running jobs are given `shutdownGrace` to end.
  ///
  /// - Throws: `ProviderError` when there is no sandbox, the folder cannot be used, or the offer is rejected.
  public func run() async throws {
    let lock = try folder.open()
    defer { lock.release() }
    let jobsLock = try jobs.open()
    defer { jobsLock.release() }
    do { try await executor.check(in: jobs.trial) } catch { throw ProviderError.sandbox(error) }
    journal = try folder.load()
    try await withThrowingTaskGroup(of: Bool.self) { parts in
      parts.addTask { try await self.serve() }
      parts.addTask { await self.awaitShutdown() }
      parts.addTask { await self.tick() }
      parts.addTask { await self.listen() }
      for try await isLast in parts where isLast { break }
      parts.cancelAll()
    }
    logger.info("provider stopped")
  }
}

/// The parts of the service; one that returns true ends it.
extension Provider {
  private func serve() async throws -> Bool {
    try await establishOffer()
    return try await withThrowingDiscardingTaskGroup { tasks in
      for await _ in wakeups {
        for step in try await reconcile() { begin(step, in: &tasks) }
        try await tolerating { () async throws(ProviderError) in try await renewOffer() }
        if isStopping, running.isEmpty { break }
      }
      // What is left is only looks at orders that will not be taken.
      tasks.cancelAll()
      return true
    }
  }

  private func begin(_ step: Step, in tasks: inout ThrowingDiscardingTaskGroup<any Error>) {
    switch step {
    case .assess(let order):
      assessing.insert(order.id)
      tasks.addTask { try await self.assess(order) }
    case .fulfil(let order):
      running.insert(order.id)
      tasks.addTask { try await self.fulfil(order) }
    }
  }

  private func awaitShutdown() async -> Bool {
    // The only failure is a cancellation, and then the service is ending already.
    guard (try? await gracefulShutdown()) != nil else { return true }
    isStopping = true
    logger.info("provider is stopping", metadata: ["running": "\(running.count)"])
    if !running.isEmpty { try? await Task.sleep(for: configuration.shutdownGrace) }
    return true
  }

  private func tick() async -> Bool {
    while !Task.isCancelled {
      wake()
      try? await Task.sleep(for: configuration.pollInterval)
    }
    return false
  }

  private func listen() async -> Bool {
    for await _ in relay.events(of: account) { wake() }
    return false
  }
}

extension Provider {
  /// Makes the provider look at the ledger now.
  func wake() { wakeup.yield() }

  /// Changes the journal, on disk first.
  func update(_ change: (inout Journal) -> Void) throws(ProviderError) {
    var changed = journal
    change(&changed)
    try folder.save(changed)
    journal = changed
  }

  /// Signs `operation` and waits until it is committed.
  ///
  /// - Parameter willSubmit: called with the signed transaction's id and the end of its window.
  func perform(
    _ operation: any Transaction, willSubmit: (Digest, Timestamp) throws(ProviderError) -> Void = { _, _ in }
  ) async throws(ProviderError) {
    let body = try await relay.prepare(operation, from: account, maximumFee: configuration.maximumFee)
    try willSubmit(body.id, body.validUntil)
    try await relay.submit(Envelope(signing: body, with: key))
  }

  /// Logs what the relay refused; the next look at the ledger finds out what came of it. A journal that cannot be written is fatal.
  @discardableResult
  func tolerating<Value>(
    _ deal: Identifier? = nil, _ body: () async throws(ProviderError) -> Value
  ) async throws(ProviderError) -> Value? {
    do throws(ProviderError) { return try await body() } catch {
      if case .folder = error { throw error }
      let metadata: Logger.Metadata = ["error": "\(error)"].merging(deal.map { ["deal": "\($0)"] } ?? [:]) { $1 }
      if Task.isCancelled {
        logger.info("interrupted; it goes on after the next start", metadata: metadata)
      } else {
        logger.warning("a step failed; looking again", metadata: metadata)
      }
      return nil
    }
  }
}

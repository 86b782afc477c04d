internal import Cryptography
public import Encoding
public import StateTree

/// The whole state machine: a list of modules, and what every block and transaction goes through.
public struct Ledger: Sendable {
  public let chain: String
  public let policy: Policy
  public let modules: [any Module.Type]
  /// The record types of operations, events and genesis sections.
  public let unions: Unions
  private let accounts: any AccountKeeper.Type
  private let validators: (any ValidatorKeeper.Type)?
  let upgradeKeeper: (any UpgradeKeeper.Type)?
  let upgrades: [Upgrade]

  /// - Parameters:
  ///   - accounts: the one of `modules` that keeps accounts.
  ///   - validators: the one that elects validators; without it a consensus engine keeps those that it began with.
  ///   - upgradeKeeper: the one that schedules upgrades.
  ///   - upgrades: those that this build knows.
  public init(
    chain: String, policy: Policy, modules: [any Module.Type], accounts: any AccountKeeper.Type,
    validators: (any ValidatorKeeper.Type)? = nil, upgradeKeeper: (any UpgradeKeeper.Type)? = nil,
    upgrades: [Upgrade] = []
  ) {
    self.validators = validators
    self.upgradeKeeper = upgradeKeeper
    self.upgrades = upgrades
    self.chain = chain
    self.policy = policy
    self.modules = modules
    self.accounts = accounts
    unions = Unions([
      Operation.unionName: modules.flatMap { $0.transactions.map { $0 as any Member.Type } },
      EventEntry.unionName: modules.flatMap { $0.events.map { $0 as any Member.Type } },
      GenesisSection.unionName: modules.map { Self.genesisType(of: $0) }
    ])
  }

  private static func genesisType<M: Module>(of module: M.Type) -> any Member.Type { M.Genesis.self }

  /// Names of the invariants that do not hold, each with what is wrong.
  public func violations(in state: borrowing State) -> [String] {
    var violations: [String] = []
    for module in modules {
      for invariant in module.invariants {
        if let violation = invariant.violation(state) {
          violations.append("\(module.name): \(invariant.name): \(violation)")
        }
      }
    }
    return violations
  }
}

extension Ledger {
  /// What would happen if a transaction were taken at `moment`; the changes it makes stay in `state`, so a caller may check
  /// a sequence of them on one throw-away state.
  @discardableResult
  public func check(
    _ transaction: VerifiedEnvelope, on state: inout State, at moment: Moment, recent: RecentTransactions
  ) throws(Rejection) -> [EventEntry] {
    try admit(transaction, on: state, at: moment, recent: recent)
    try apply(transaction, to: &state, at: moment)
    return takeEvents(from: &state)
  }

  /// The least fee of a transaction of `size` bytes.
  public func minimumFee(size: Int, in state: borrowing State) throws(Rejection) -> Amount {
    try accounts.minimumFee(size: size, in: state)
  }

  /// Runs one block. What a rejected transaction wrote is undone; the rest stays in `state` for its caller to commit.
  public func execute(
    _ transactions: [VerifiedEnvelope], on state: inout State, at moment: Moment, report: EngineReport = .none,
    recent: inout RecentTransactions
  ) -> BlockResults {
    var blockEvents = beginBlock(on: &state, in: BlockContext(moment: moment, report: report), recent: &recent)
    var results: [TransactionResult] = []
    for transaction in transactions {
      results.append(execute(transaction, on: &state, at: moment, recent: &recent))
    }
    blockEvents += endBlock(on: &state, at: moment)
    return BlockResults(
      transactions: results, events: blockEvents, validators: powerChanges(at: moment, in: state),
      report: report.digest)
  }

  /// What a block does before its transactions, for callers that look at the state after each of them.
  public func beginBlock(
    on state: inout State, in block: BlockContext, recent: inout RecentTransactions
  ) -> [EventEntry] {
    recent.advance(to: block.moment.time)
    upgrade(&state, at: block.moment)
    for module in modules { module.beginBlock(&state, in: block) }
    return takeEvents(from: &state)
  }

  /// What a block does after its transactions.
  public func endBlock(on state: inout State, at moment: Moment) -> [EventEntry] {
    for module in modules { module.endBlock(&state, at: moment) }
    return takeEvents(from: &state)
  }

  /// The powers of validators that the block at `moment` changed, once it has ended.
  public func powerChanges(at moment: Moment, in state: borrowing State) -> [ValidatorPower] {
    validators?.powerChanges(at: moment, in: state) ?? []
  }

  /// The validators and their powers; nothing where no module elects any.
  public func validators(in state: borrowing State) -> [ValidatorPower] { validators?.validators(in: state) ?? [] }

  /// Blocks for which the evidence of a fault is of use; `nil` where no module punishes any.
  public func evidenceAgeBlocks(in state: borrowing State) -> UInt64? { validators?.evidenceAgeBlocks(in: state) }

  /// Remembers the transactions of a block that was executed before, without running it again.
  ///
  /// - Parameter transactions: the canonical bytes of each, in the order of `results`.
  public func remember(
    _ transactions: some Sequence<[UInt8]>, _ results: BlockResults, executedAt time: Timestamp,
    in recent: inout RecentTransactions
  ) throws(DecodingError) {
    recent.advance(to: time)
    for (bytes, result) in zip(transactions, results.transactions) where result.isFinal {
      let body = try Envelope(encoded: bytes, unions: unions).body
      recent.insert(result.id, validUntil: body.validUntil)
    }
  }

  /// Runs one transaction of a block that has begun; what it wrote is undone when it is rejected.
  public func execute(
    _ transaction: VerifiedEnvelope, on state: inout State, at moment: Moment, recent: inout RecentTransactions
  ) -> TransactionResult {
    let id = transaction.id
    do { try admit(transaction, on: state, at: moment, recent: recent) } catch {
      return TransactionResult(id: id, isFinal: false, rejection: RejectionEntry(error), events: [])
    }
    recent.insert(id, validUntil: transaction.body.validUntil)
    do {
      try apply(transaction, to: &state, at: moment)
      return TransactionResult(id: id, isFinal: true, rejection: nil, events: takeEvents(from: &state))
    } catch {
      return TransactionResult(id: id, isFinal: true, rejection: RejectionEntry(error), events: [])
    }
  }

  private func takeEvents(from state: inout State) -> [EventEntry] {
    state.takeEvents().map { EventEntry($0) }
  }

  /// Applies fee and operations, all or nothing.
  private func apply(_ transaction: VerifiedEnvelope, to state: inout State, at moment: Moment) throws(Rejection) {
    let body = transaction.body
    try state.atomically { (state) throws(Rejection) in
      try accounts.charge(body.fee, to: body.sender, size: transaction.encoded.count, in: &state)
      for (index, operation) in body.operations.enumerated() {
        let context = Context(
          chain: chain, moment: moment, sender: body.sender, transaction: transaction.id, operation: index)
        try operation.transaction.apply(to: &state, in: context)
      }
    }
  }

  /// Checks the validity window, that the transaction is new, and that its signers may act for its sender: an early
  /// arrival or a stranger's signature must not use up an id.
  private func admit(
    _ transaction: VerifiedEnvelope, on state: borrowing State, at moment: Moment, recent: RecentTransactions
  ) throws(Rejection) {
    try checkWindow(of: transaction.body, at: moment, longest: parameters(in: state).maximumWindowSeconds)
    guard !recent.contains(transaction.id, validUntil: transaction.body.validUntil) else {
      throw LedgerReason.duplicate.rejection("transaction \(transaction.id) was executed before; look up its result")
    }
    try accounts.authorize(transaction.signers, for: transaction.body.sender, in: state)
  }

  private func checkWindow(
    of body: TransactionBody, at moment: Moment, longest window: UInt64
  ) throws(Rejection) {
    guard body.validFrom < body.validUntil, body.validUntil <= body.validFrom.adding(seconds: window) else {
      throw LedgerReason.windowInvalid.rejection(
        "validUntil must follow validFrom by at most \(window) seconds; the block time is \(moment.time.milliseconds)")
    }
    guard body.validFrom <= moment.time else {
      throw LedgerReason.notYetValid.rejection(
        "valid from \(body.validFrom.milliseconds); the block time is \(moment.time.milliseconds)")
    }
    guard moment.time <= body.validUntil else {
      throw LedgerReason.expired.rejection(
        "valid until \(body.validUntil.milliseconds); the block time is \(moment.time.milliseconds)")
    }
  }
}

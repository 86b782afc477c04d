internal import Chain
internal import Cryptography
internal import Encoding
public import LedgerKit
public import Market
public import Money
public import Staking
public import StateTree
public import Upgrades

/// A network in memory with a clock that a test moves: Alice, Bob and Carol have 100 CPTM each, and nothing costs a fee.
public struct TestNetwork: Sendable {
  public static let chain = "test-chain"
  public static let accounts = [TestAccount.alice, .bob, .carol]
  public static let balance = Amount.tokens(100)

  public let ledger: Ledger
  public private(set) var backing = MemoryBacking()
  public private(set) var moment = Moment(height: 0, time: Timestamp(milliseconds: 1_767_225_600_000))
  public private(set) var recent = RecentTransactions()
  private var random = Random(seed: 1)

  public init(
    policy: Policy = .devnet, money: MoneyParameters = .free, staking: StakingGenesis = .standard,
    market: MarketParameters = .standard, upgrades: UpgradesGenesis = .standard, knownUpgrades: [Upgrade] = []
  ) {
    ledger = Ledger(chain: Self.chain, policy: policy, upgrades: knownUpgrades)
    let balances = Self.accounts.map { GenesisAccount(address: $0.address, balance: Self.balance) }
    let sections: [any Member] = [
      MoneyGenesis(accounts: balances, parameters: money), staking, MarketGenesis(parameters: market), upgrades
    ]
    let genesis = Genesis(
      chain: Self.chain, policy: policy, time: moment.time, sequencer: nil, parameters: .standard,
      sections: sections.compactMap { GenesisSection($0) })
    var state = State(backing, unions: ledger.unions)
    do { try ledger.begin(genesis, in: &state) } catch { fatalError("the test's genesis is refused: \(error)") }
    backing.apply(state.changes())
  }

  public mutating func advance(seconds: UInt64) {
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: seconds))
  }

  /// Runs the next block, a second later, with nothing in it but what the engine reports.
  @discardableResult
  public mutating func runBlock(_ report: EngineReport = .none) -> BlockResults {
    advance(seconds: 1)
    var state = State(backing, unions: ledger.unions)
    let results = ledger.execute([], on: &state, at: moment, report: report, recent: &recent)
    backing.apply(state.changes())
    return results
  }
}

extension TestNetwork {
  /// A correct transaction that is valid for a minute, still to be signed.
  public mutating func draft(_ operations: any Transaction..., from sender: TestAccount) -> Draft {
    Draft(
      chain: Self.chain, sender: sender.address, fee: .zero, validFrom: moment.time,
      validUntil: moment.time.adding(seconds: 60), nonce: .sample(&random), operations: operations,
      signers: [sender.key])
  }

  /// Signs one operation, and runs it in a block of its own.
  @discardableResult
  public mutating func apply(_ operation: any Transaction, from sender: TestAccount) throws -> Receipt {
    try submit(draft(operation, from: sender))
  }

  @discardableResult
  public mutating func submit(_ draft: Draft) throws -> Receipt { try submit(draft.encoded) }

  /// Runs a transaction in a block of its own; throws its rejection, after making sure that it left no trace.
  @discardableResult
  public mutating func submit(_ encoded: [UInt8]) throws -> Receipt {
    let transaction = try VerifiedEnvelope(encoded, for: ledger)
    var state = State(backing, unions: ledger.unions)
    let results = ledger.execute([transaction], on: &state, at: moment, recent: &recent)
    let changes = state.changes()
    if let rejection = results.transactions.first?.rejection?.rejection {
      throw changes.isEmpty ? rejection as any Error : RejectionLeftTraces(rejection: rejection)
    }
    backing.apply(changes)
    return Receipt(id: transaction.id, events: results.transactions.flatMap(\.events))
  }
}

extension TestNetwork {
  /// The committed state.
  public var state: State { State(backing, unions: ledger.unions) }

  public func answer<Q: Query>(_ query: Q) throws -> Q.Answer { try query.answer(from: state, at: moment) }

  public func account(_ owner: TestAccount) -> Account { Money.account(owner.address, in: state) }

  public var violations: [String] { ledger.violations(in: state) }
}

extension MoneyParameters {
  /// The standard ones without fees, so that balances come out round.
  public static let free = MoneyParameters(
    feeBase: .zero, feePerByte: .zero, maximumHoldSeconds: standard.maximumHoldSeconds, mintLimit: standard.mintLimit)
}

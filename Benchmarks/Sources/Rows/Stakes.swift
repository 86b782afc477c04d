internal import Chain
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
internal import Staking
internal import StateTree

extension Row {
  static let staking = Row(
    "staking", "how many times more staking costs with 100,000 delegators of a validator than with 100, in memory"
  ) { setting in
    let seconds = setting.briefSeconds / Double(2 * Stakers.Work.allCases.count)
    let few = try Stakers(100)
    let many = try Stakers(100_000)
    let costs = try Stakers.Work.allCases.map { work in
      (work, try few.microseconds(for: work, measuring: seconds), try many.microseconds(for: work, measuring: seconds))
    }
    let worst = costs.map { $0.2 / $0.1 }.max() ?? 0
    return [Reading("staking", worst, .times)]
      + costs.flatMap { work, few, many in
        [
          Reading("staking.\(work)", many, .microseconds), Reading("staking.\(work).growth", many / few, .times)
        ]
      }
  }
}

/// A validator with so many delegators, who all have rewards to collect.
struct Stakers: ~Copyable {
  /// What is measured: transactions of one delegator each, and whole blocks.
  enum Work: CaseIterable { case bond, unbond, collect, rewardBlock, slashBlock }

  /// Delegators who act, whatever their number: so the same rows are at hand.
  private static let active = 100
  private static let stake = Amount(nano: 10 * Amount.unitsPerToken)
  private static let operatorAddress = Address(module: "benchmark/operator")
  private static let key = Accounts.key(0).publicKey

  private let ledger = Ledger(chain: RelayNode.chain, policy: .devnet)
  private let committed: CommittedState
  private let delegators: [Address]
  private let moment: Moment

  init(_ count: Int) throws {
    let delegators = (0..<count).map { Address(module: "benchmark/delegator \($0)") }
    var backing = MemoryBacking()
    let committed = CommittedState(backing, unions: ledger.unions)
    let moment = Moment(height: 1, time: MemoryChain.start.adding(seconds: 1))
    self.delegators = delegators
    self.committed = committed
    self.moment = moment
    var state = State(on: committed)
    try ledger.begin(Self.genesis(delegators, chain: ledger.chain), in: &state)
    for delegator in delegators {
      try apply(Bond(validator: Self.operatorAddress, amount: Self.stake), of: delegator, to: &state)
    }
    run(EngineReport(votes: Self.votes), on: &state)
    backing.apply(state.changes())
    committed.advance(to: backing, with: state)
  }

  private static func genesis(_ delegators: [Address], chain: String) -> Genesis {
    let balance = Amount(nano: 1_000 * Amount.unitsPerToken)
    let validator = GenesisValidator(
      account: operatorAddress, consensusKey: key, name: "a validator", commissionBasisPoints: 500,
      maximumDailyChangeBasisPoints: 100, selfBond: balance)
    let emission = EmissionSchedule(steps: [EmissionStep(fromHeight: 0, perBlock: balance)])
    let sections: [any Member] = [
      MoneyGenesis(accounts: ([operatorAddress] + delegators).map { GenesisAccount(address: $0, balance: balance) }),
      StakingGenesis(emission: emission, validators: [validator])
    ]
    return Genesis(
      chain: chain, policy: .devnet, time: MemoryChain.start, sequencer: nil, parameters: .standard,
      sections: sections.compactMap { GenesisSection($0) })
  }
}

extension Stakers {
  /// The mean time of one piece of work, each begun on the same state.
  func microseconds(for work: Work, measuring seconds: Double) throws -> Double {
    let clock = ContinuousClock()
    var (spent, done) = (0.0, 0)
    while spent < seconds {
      var state = State(on: committed)
      let start = clock.now
      done += try perform(work, on: &state)
      spent += (clock.now - start).inSeconds
    }
    return spent / Double(done) * 1_000_000
  }

  /// Does it, once for each of some delegators or for a block; returns how often.
  private func perform(_ work: Work, on state: inout State) throws -> Int {
    let validator = Self.operatorAddress
    switch work {
    case .bond: return try each(Bond(validator: validator, amount: Self.stake), on: &state)
    case .unbond: return try each(Unbond(validator: validator, amount: Self.stake), on: &state)
    case .collect: return try each(CollectRewards(validator: validator), on: &state)
    case .rewardBlock: run(EngineReport(votes: Self.votes), on: &state)
    case .slashBlock: run(EngineReport(votes: Self.votes, faults: [Self.fault]), on: &state)
    }
    return 1
  }

  private func each(_ operation: some Transaction, on state: inout State) throws -> Int {
    for index in stride(from: 0, to: delegators.count, by: delegators.count / Self.active) {
      try apply(operation, of: delegators[index], to: &state)
    }
    return Self.active
  }

  private func apply(_ operation: some Transaction, of sender: Address, to state: inout State) throws {
    let context = Context(
      chain: ledger.chain, moment: moment, sender: sender, transaction: Digest(of: sender.bytes), operation: 0)
    try state.atomically { (state) throws(Rejection) in try operation.apply(to: &state, in: context) }
  }

  private func run(_ report: EngineReport, on state: inout State) {
    var recent = RecentTransactions()
    _ = ledger.execute([], on: &state, at: moment, report: report, recent: &recent)
  }

  private static var votes: [CommitVote] {
    [CommitVote(validator: ConsensusAddress(key), power: 1, hasSigned: true)]
  }

  private static var fault: Fault {
    Fault(kind: .duplicateVote, validator: ConsensusAddress(key), power: 1, height: 1, time: MemoryChain.start)
  }
}

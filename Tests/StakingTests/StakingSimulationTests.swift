import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Staking

/// 100,000 steps on independent networks, a fifth of them blocks with votes and faults, the others transactions.
@Suite("The simulation of staking")
struct StakingSimulationTests {
  private static let networks = 100
  private static let stepsPerNetwork = 1_000
  /// Networks that run at once: as many as small machines have cores.
  private static let lanes = 2

  @Test("keeps every invariant after every step, and never pays more than was earned")
  func run() async throws {
    let tally = try await withThrowingTaskGroup(of: [String: Int].self) { group in
      for lane in 0..<Self.lanes { group.addTask { try await Self.runNetworks(of: lane) } }
      return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
    for type in Staking.transactions { #expect(tally[type.name, default: 0] > 100, "\(type.name)") }
    for type in Staking.events { #expect(tally[type.name, default: 0] > 100, "\(type.name)") }
    #expect(tally["burned by StakeReturned", default: 0] > 10 && tally["burned by RedelegationEnded", default: 0] > 10)
  }

  private static func runNetworks(of lane: Int) async throws -> [String: Int] {
    var tally: [String: Int] = [:]
    for number in stride(from: lane, to: networks, by: lanes) {
      var simulation = try StakingSimulation(seed: UInt64(number))
      for _ in 0..<stepsPerNetwork { simulation.step() }
      #expect(simulation.faults.isEmpty, "network \(number)")
      tally.merge(simulation.tally, uniquingKeysWith: +)
      // Other tests wait for the same threads.
      await Task.yield()
    }
    return tally
  }
}

/// Eight accounts, four of which validate from the beginning, and an engine that slashes at random moments.
struct StakingSimulation: ~Copyable {
  private static let chain = "staking-simulation"
  private static let accounts = (0..<8).map { TestAccount("staker \($0)") }

  private var random: Random
  private var backing = MemoryBacking()
  private var state: State
  private var moment = Moment(height: 0, time: Timestamp(milliseconds: 1_767_225_600_000))
  private var steps: UInt64 = 0
  /// What was distributed, less what was collected: what the vault must hold.
  private var owed: UInt64 = 0
  /// How often each transaction took effect, and each event happened.
  private(set) var tally: [String: Int] = [:]
  private(set) var faults: [String] = []

  init(seed: UInt64) throws {
    random = Random(seed: seed)
    state = State(backing)
    // Odd amounts, so that nothing divides without a remainder.
    let balances = Self.accounts.map { GenesisAccount(address: $0.address, balance: Amount(nano: 99_999_999_989)) }
    try Money.begin(MoneyGenesis(accounts: balances), in: &state)
    try Staking.begin(Self.genesis(&random), in: &state)
  }

  private static func genesis(_ random: inout Random) -> StakingGenesis {
    let parameters = StakingParameters.small(
      epochBlocks: 1 + UInt64(random.below(5)), maximumValidators: 3, unbondingBlocks: 1 + UInt64(random.below(20)),
      minimumSelfBond: .tokens(1), minimumBond: Amount(nano: 3), powerUnit: Amount(nano: 16),
      maximumMaturitiesPerBlock: 1 + UInt32(random.below(3)), doubleSignSlash: UInt32(random.below(10_001)),
      downtimeSlash: UInt32(random.below(5_000)), windowBlocks: 6, maximumMissedBlocks: 2, downtimeJailSeconds: 2)
    let validators = (0..<4).map {
      GenesisValidator.of(accounts[$0], commission: UInt32(random.below(10_001)), selfBond: .tokens(UInt64($0) + 1))
    }
    let steps = [EmissionStep(fromHeight: 0, perBlock: Amount(nano: 1_000_000_007))]
    return StakingGenesis(parameters: parameters, emission: EmissionSchedule(steps: steps), validators: validators)
  }
}

extension StakingSimulation {
  /// Lets somebody do something, or ends the block, and looks at the whole state.
  mutating func step() {
    steps += 1
    if random.below(5) == 0 { runBlock() } else { act() }
    for event in state.takeEvents() { note(event) }
    for invariant in Money.invariants + Staking.invariants {
      if let violation = invariant.violation(state) { faults.append("step \(steps): \(invariant.name): \(violation)") }
    }
    let vault = Money.content(of: Staking.rewardsVault, in: state)
    if vault.nano != owed { faults.append("step \(steps): \(owed) earned and not paid, the vault has \(vault.nano)") }
  }

  private mutating func act() {
    guard let account = random.pick(Self.accounts), let type = random.pick(Staking.transactions) else { return }
    let context = Context(
      chain: Self.chain, moment: moment, sender: account.address, transaction: Digest(of: random.bytes(8)),
      operation: 0)
    let operation = operation(type, by: account)
    do {
      try state.atomically { (state) throws(Rejection) in try operation.apply(to: &state, in: context) }
      tally[type.name, default: 0] += 1
    } catch { tally[error.name, default: 0] += 1 }
  }

  private mutating func operation<T: Transaction>(_ type: T.Type, by account: TestAccount) -> any Transaction {
    guard type == RegisterValidator.self else {
      return type.plausible(&random, from: account.address, in: state, at: moment)
    }
    return RegisterValidator.sound(
      of: account, on: Self.chain, with: PrivateKey(using: &random), selfBond: .tokens(UInt64(random.below(4))))
  }

  private mutating func runBlock() {
    Staking.endBlock(&state, at: moment)
    backing.apply(state.changes())
    let events = state.takeEvents()
    state = State(backing)
    for event in events { note(event) }
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: 1))
    Staking.beginBlock(&state, in: BlockContext(moment: moment, report: report()))
  }

  /// A quarter of the votes is missing, and in every twentieth block somebody is caught who ever was a validator.
  private mutating func report() -> EngineReport {
    let votes = Staking.validators(in: state).map {
      CommitVote(validator: ConsensusAddress($0.key), power: $0.power, hasSigned: random.below(4) > 0)
    }
    guard random.below(20) == 0, let offender = random.pick(state.rows(of: Staking.validators)) else {
      return EngineReport(votes: votes)
    }
    let fault = Fault(
      kind: .duplicateVote, validator: ConsensusAddress(offender.row.consensusKey), power: 1,
      height: moment.height - min(UInt64(random.below(24)), moment.height), time: moment.time)
    return EngineReport(votes: votes, faults: [fault])
  }

  private mutating func note(_ event: any Event) {
    tally[type(of: event).name, default: 0] += 1
    switch event {
    case let distributed as RewardsDistributed: owed += distributed.distributed.nano
    case let collected as RewardsCollected: owed -= collected.amount.nano
    case let collected as CommissionCollected: owed -= collected.amount.nano
    case let returned as StakeReturned where returned.burned > .zero:
      tally["burned by StakeReturned", default: 0] += 1
    case let ended as RedelegationEnded where ended.burned > .zero:
      tally["burned by RedelegationEnded", default: 0] += 1
    default: break
    }
  }
}

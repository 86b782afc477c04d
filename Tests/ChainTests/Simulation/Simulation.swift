import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import Staking
import StateTree
import Upgrades

/// A small network under seeded load: actors submit transactions of every type and hostile bytes among them.
struct Simulation: ~Copyable {
  static let transactionsPerBlock = 25

  private var random: Random
  private var actors: [Actor]
  private var node: SimulatedNode
  private var engine = SimulatedEngine()
  private var moment = Moment(height: 0, time: Timestamp(milliseconds: 1_767_225_600_000))
  private(set) var blocks: [SimulatedBlock] = []
  /// How often a transaction of each name took effect, and each reason was given.
  private(set) var tally: [String: Int] = [:]
  /// Whatever should not be: broken invariants, and hostile bytes that had an effect.
  private(set) var faults: [String] = []

  /// Somebody with an account, and the key that acts for it now.
  private struct Actor {
    let address: Address
    var key: PrivateKey

    init(_ account: TestAccount) {
      address = account.address
      key = account.key
    }
  }

  init(seed: UInt64) throws {
    random = Random(seed: seed, unions: SimulatedNode.ledger.unions)
    actors = (0..<6).map { Actor(TestAccount("actor \($0)")) }
    node = try SimulatedNode(Self.genesis)
    _ = engine.follow(ledger.validators(in: node.state), expecting: [])
  }

  /// The document with which every simulation begins.
  static var genesis: Genesis {
    let accounts = (0..<6).map { GenesisAccount(address: TestAccount("actor \($0)").address, balance: .tokens(10)) }
    let sections: [any Member] = [
      MoneyGenesis(accounts: accounts), SimulatedEngine.genesis,
      UpgradesGenesis(authority: TestAccount("actor 0").address)
    ]
    return Genesis(
      chain: TestNetwork.chain, policy: .devnet, time: Timestamp(milliseconds: 0), sequencer: nil,
      parameters: .standard,
      sections: sections.compactMap { GenesisSection($0) })
  }

  /// The committed entries, as they would survive a crash now.
  var backing: MemoryBacking { node.backing }
}

extension Simulation {
  /// Runs a block of new transactions, and looks at the whole state after each of them.
  mutating func runBlock() throws {
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: 1 + UInt64(random.below(3))))
    var state = node.state
    let report = engine.report(&random, at: moment)
    let context = BlockContext(moment: moment, report: report)
    var block = Proposal(events: ledger.beginBlock(on: &state, in: context, recent: &node.recent))
    faults += ledger.violations(in: state)
    for _ in 0..<Self.transactionsPerBlock {
      let executed = act(on: &state, in: &block)
      faults += ledger.violations(in: state)
      if random.below(20) == 0 { attack(after: executed, on: &state, in: &block) }
    }
    block.events += ledger.endBlock(on: &state, at: moment)
    let results = BlockResults(
      transactions: block.results, events: block.events, validators: ledger.powerChanges(at: moment, in: state),
      report: report.digest)
    faults += ledger.violations(in: state)
    faults += engine.follow(results.validators, expecting: ledger.validators(in: state))
    for event in results.events { tally[type(of: event.event).name, default: 0] += 1 }
    node.commit(state.changes())
    blocks.append(
      SimulatedBlock(
        moment: moment, report: report, transactions: block.transactions, results: results, root: node.root))
  }

  private var ledger: Ledger { SimulatedNode.ledger }

  /// What a block consists of so far.
  private struct Proposal {
    var transactions: [[UInt8]] = []
    var results: [TransactionResult] = []
    var events: [EventEntry]
  }

  /// Lets somebody do something; returns what.
  private mutating func act(on state: inout State, in block: inout Proposal) -> Draft {
    let index = random.below(actors.count)
    let nextKey = PrivateKey(using: &random)
    let draft = draft(by: actors[index], nextKey, in: state)
    let reason = submit(draft.encoded, to: &state, in: &block)
    for operation in draft.operations where reason == nil {
      tally[type(of: operation).name, default: 0] += 1
      if operation is RotateKey { actors[index].key = nextKey }
    }
    return draft
  }

  /// Submits bytes that must change nothing.
  private mutating func attack(after executed: Draft, on state: inout State, in block: inout Proposal) {
    guard let input = random.pick(HostileInput.all) else { return }
    let before = state.changes()
    let reason = submit(input.bytes(from: executed), to: &state, in: &block)
    if reason != input.reason { faults.append("\(input.reason) expected, not \(reason ?? "success")") }
    if state.changes() != before { faults.append("a transaction refused for \(input.reason) left traces") }
  }

  /// Hands bytes to the ledger as a node does; returns the reason why they had no effect, if they had none.
  private mutating func submit(_ encoded: [UInt8], to state: inout State, in block: inout Proposal) -> String? {
    let rejection: Rejection?
    do throws(Rejection) {
      let transaction = try VerifiedEnvelope(encoded, for: ledger)
      let result = ledger.execute(transaction, on: &state, at: moment, recent: &node.recent)
      block.transactions.append(encoded)
      block.results.append(result)
      rejection = result.rejection?.rejection
    } catch { rejection = error }
    if let name = rejection?.name { tally[name, default: 0] += 1 }
    return rejection?.name
  }
}

extension Simulation {
  private mutating func draft(by actor: Actor, _ nextKey: PrivateKey, in state: borrowing State) -> Draft {
    let types = ledger.modules.flatMap { $0.transactions }
    let operation = operation(types[random.below(types.count)], by: actor, nextKey, in: state)
    return Draft(
      chain: ledger.chain, sender: actor.address, fee: Amount(nano: random.below(20) == 0 ? 0 : 50_000),
      validFrom: moment.time, validUntil: moment.time.adding(seconds: 60), nonce: .sample(&random),
      operations: [operation], signers: [actor.key])
  }

  /// A plausible operation; half of those that prove a key prove one that is there, since nobody can sign for a made-up one.
  private mutating func operation<T: Transaction>(
    _ type: T.Type, by actor: Actor, _ nextKey: PrivateKey, in state: borrowing State
  ) -> any Transaction {
    let plausible = type.plausible(&random, from: actor.address, in: state, at: moment)
    guard random.below(2) == 0 else { return plausible }
    if type == RotateKey.self { return RotateKey(of: actor.address, on: ledger.chain, to: nextKey) }
    guard let registration = plausible as? RegisterValidator else { return plausible }
    return RegisterValidator(
      of: actor.address, on: ledger.chain, with: PrivateKey(using: &random), name: registration.name,
      commissionBasisPoints: registration.commissionBasisPoints,
      maximumDailyChangeBasisPoints: registration.maximumDailyChangeBasisPoints, selfBond: registration.selfBond)
  }
}

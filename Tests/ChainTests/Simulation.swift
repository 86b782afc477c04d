import Chain
import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Market
import Money
import StateTree

/// A small network under seeded load: actors submit transactions of every type, in blocks, and everything is recorded.
struct Simulation: ~Copyable {
  static let transactionsPerBlock = 25

  let ledger = Ledger(chain: TestNetwork.chain, policy: .devnet)
  private var random: Random
  private var wallet: [TestAccount]
  private var backing: MemoryBacking
  private var tree = MerkleTree()
  private var recent = RecentTransactions()
  private var moment = Moment(height: 0, time: Timestamp(milliseconds: 1_767_225_600_000))
  private(set) var blocks: [RecordedBlock] = []
  /// How often a transaction of each name took effect, and each reason was given.
  private(set) var tally: [String: Int] = [:]

  /// What a node would keep of a block.
  struct RecordedBlock: Sendable {
    let moment: Moment
    let transactions: [[UInt8]]
    let root: Digest
  }

  init(seed: UInt64) throws {
    random = Random(seed: seed, unions: ledger.unions)
    wallet = (0..<6).map { TestAccount("actor \($0)") }
    backing = try Self.genesis(ledger)
  }

  /// The state in which every simulation begins.
  static func genesis(_ ledger: Ledger) throws -> MemoryBacking {
    let accounts = (0..<6).map { GenesisAccount(address: TestAccount("actor \($0)").address, balance: .tokens(10)) }
    let genesis = Genesis(
      chain: ledger.chain, policy: ledger.policy, time: Timestamp(milliseconds: 0), sequencer: nil,
      parameters: .standard, sections: [GenesisSection(MoneyGenesis(accounts: accounts))].compactMap { $0 })
    var state = State(MemoryBacking(), unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    var backing = MemoryBacking()
    backing.apply(state.changes())
    return backing
  }
}

extension Simulation {
  /// Runs one block of new transactions; returns what is wrong after any of them when `checking` the invariants.
  mutating func step(checking: Bool = true) throws -> [String] {
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: 1 + UInt64(random.below(3))))
    var state = State(backing, unions: ledger.unions)
    var violations: [String] = []
    var transactions: [[UInt8]] = []
    for _ in 0..<Self.transactionsPerBlock {
      let encoded = draft(in: state).encoded
      let transaction = try VerifiedEnvelope(encoded, for: ledger)
      transactions.append(encoded)
      let result = ledger.execute([transaction], on: &state, at: moment, recent: &recent).transactions[0]
      count(result, of: transaction)
      if checking { violations += ledger.violations(in: state) }
    }
    let changes = state.changes()
    backing.apply(changes)
    tree.apply(changes.map(MerkleTree.Change.init))
    blocks.append(RecordedBlock(moment: moment, transactions: transactions, root: tree.root))
    return violations
  }

  private mutating func draft(in state: borrowing State) -> Draft {
    let sender = wallet[random.below(wallet.count)]
    let types = ledger.modules.flatMap { $0.transactions }
    let type = types[random.below(types.count)]
    let operation = operation(type, from: sender, in: state)
    return Draft(
      chain: ledger.chain, sender: sender.address, fee: Amount(nano: random.below(20) == 0 ? 0 : 50_000),
      validFrom: moment.time, validUntil: moment.time.adding(seconds: 60), nonce: .sample(&random),
      operations: [operation], signers: [sender.key])
  }

  /// A plausible operation; a rotation is to the key that the wallet has, so that its owner can go on.
  private mutating func operation<T: Transaction>(
    _ type: T.Type, from sender: TestAccount, in state: borrowing State
  ) -> any Transaction {
    guard type == RotateKey.self, random.below(2) == 0 else {
      return type.plausible(&random, from: sender.address, in: state, at: moment)
    }
    return RotateKey(of: sender.address, on: ledger.chain, to: sender.key)
  }

  private mutating func count(_ result: TransactionResult, of transaction: VerifiedEnvelope) {
    let names = transaction.body.operations.map { type(of: $0.transaction).name }
    for name in result.rejection.map({ [$0.rejection.name] }) ?? names { tally[name, default: 0] += 1 }
  }
}

extension Simulation {
  /// Runs recorded blocks on a fresh state, as a node does after a crash; returns the roots.
  static func replay(_ blocks: [RecordedBlock], by ledger: Ledger) throws -> [Digest] {
    var backing = try genesis(ledger)
    var tree = MerkleTree()
    var recent = RecentTransactions()
    return try blocks.map { block in
      let transactions = try block.transactions.map { try VerifiedEnvelope($0, for: ledger) }
      var state = State(backing, unions: ledger.unions)
      _ = ledger.execute(transactions, on: &state, at: block.moment, recent: &recent)
      let changes = state.changes()
      backing.apply(changes)
      tree.apply(changes.map(MerkleTree.Change.init))
      return tree.root
    }
  }
}

extension MerkleTree.Change {
  /// What a change of the state means for the tree.
  init(_ change: StateChange) {
    self.init(path: Digest(of: change.key), value: change.value.map { Digest(of: $0) })
  }
}

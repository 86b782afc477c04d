internal import Chain
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
internal import StateTree

/// The ledger in this process, with its state in memory: what execution costs without network and disk.
struct MemoryChain: ~Copyable {
  static let start = Timestamp(milliseconds: 1_767_225_600_000)
  let ledger = Ledger(chain: RelayNode.chain, policy: .devnet)
  private var backing = MemoryBacking()
  private let committed: CommittedState
  private var tree = MerkleTree()
  private var recent = RecentTransactions()
  private(set) var moment = Moment(height: 0, time: Self.start)
  var root: Digest { tree.root }

  init(_ accounts: Accounts) throws {
    committed = CommittedState(backing, unions: ledger.unions)
    let balances = accounts.addresses.map { GenesisAccount(address: $0, balance: Accounts.balance) }
    let genesis = Genesis(
      chain: ledger.chain, policy: ledger.policy, time: moment.time, sequencer: nil, parameters: .standard,
      sections: [GenesisSection(MoneyGenesis(accounts: balances))].compactMap { $0 })
    var state = State(on: committed)
    try ledger.begin(genesis, in: &state)
    keep(state)
  }

  /// Checks and executes one block, a second after the last; throws when any of it has no effect.
  mutating func execute(_ block: [[UInt8]]) throws {
    let transactions = try VerifiedEnvelope.verify(block, for: ledger).map { result in try result.get() }
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: 1))
    var state = State(on: committed)
    let results = ledger.execute(transactions, on: &state, at: moment, recent: &recent)
    if let rejection = results.transactions.lazy.compactMap(\.rejection).first { throw rejection.rejection }
    keep(state)
  }

  private mutating func keep(_ state: consuming State) {
    let changes = state.changes()
    backing.apply(changes)
    tree.apply(changes)
    committed.advance(to: backing, with: state)
  }
}

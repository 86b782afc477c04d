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
  private var tree = MerkleTree()
  private var recent = RecentTransactions()
  private(set) var moment = Moment(height: 0, time: Self.start)
  var root: Digest { tree.root }

  init(_ accounts: Accounts) throws {
    let balances = accounts.addresses.map { GenesisAccount(address: $0, balance: Accounts.balance) }
    let genesis = Genesis(
      chain: ledger.chain, policy: ledger.policy, time: moment.time, sequencer: nil, parameters: .standard,
      sections: [GenesisSection(MoneyGenesis(accounts: balances))].compactMap { $0 })
    var state = State(backing, unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    keep(state.changes())
  }

  /// Checks and executes one block, a second after the last; throws when any of it has no effect.
  mutating func execute(_ block: [[UInt8]]) throws {
    let transactions = try block.map { (bytes) throws(Rejection) in try VerifiedEnvelope(bytes, for: ledger) }
    moment = Moment(height: moment.height + 1, time: moment.time.adding(seconds: 1))
    var state = State(backing, unions: ledger.unions)
    let results = ledger.execute(transactions, on: &state, at: moment, recent: &recent)
    if let rejection = results.transactions.lazy.compactMap(\.rejection).first { throw rejection.rejection }
    keep(state.changes())
  }

  private mutating func keep(_ changes: [StateChange]) {
    backing.apply(changes)
    tree.apply(
      changes.map { change in
        MerkleTree.Change(path: Digest(of: change.key), value: change.value.map { Digest(of: $0) })
      })
  }
}

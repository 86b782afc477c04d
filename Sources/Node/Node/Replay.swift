internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree
internal import Storage

/// Executes blocks of the log again, on a state that a crash left behind them.
struct Replay: ~Copyable {
  let ledger: Ledger
  let store: ChainStore
  private let current: CommittedState
  var tree: MerkleTree
  var recent: RecentTransactions

  init(ledger: Ledger, store: ChainStore, tree: consuming MerkleTree, recent: RecentTransactions) {
    self.ledger = ledger
    self.store = store
    current = CommittedState(store.state(), unions: ledger.unions)
    self.tree = tree
    self.recent = recent
  }

  /// Brings the state from the block before to `block`.
  ///
  /// - Throws: an error that names the first root that differs from the header's.
  mutating func run(_ block: Block) throws {
    let header = block.header
    try require(Digest(merkleRootOf: block.transactions.map(\.array)), header.transactions, "transactions", in: header)
    let transactions = try block.transactions.map { bytes in
      VerifiedEnvelope(replaying: try DecodedEnvelope(bytes.array, for: ledger))
    }
    var state = State(on: current)
    let results = ledger.execute(transactions, on: &state, at: header.moment, recent: &recent)
    try require(results.root, header.results, "results", in: header)
    let changes = state.changes()
    tree.apply(changes, with: .dispatch)
    try require(tree.root, header.state, "state", in: header)
    try store.advance(to: header.height, changes.map { ($0.key, $0.value, $0.isNew) })
    current.advance(to: store.state(), with: state)
  }

  private func require(_ computed: Digest, _ recorded: Digest, _ part: String, in header: Header) throws(EngineError) {
    guard computed == recorded else {
      throw EngineError(
        "block \(header.height), executed again, has the root \(computed) of its \(part); its header commits to \(recorded): "
          + "restore a backup, or run the version that made the block")
    }
  }
}

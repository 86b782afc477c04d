internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import StateTree

/// Executes recorded blocks again, on the state before them.
struct Replay: ~Copyable {
  let ledger: Ledger
  private let current: CommittedState
  var tree: MerkleTree
  var recent: RecentTransactions

  /// - Parameters:
  ///   - state: the state before the first of the blocks.
  ///   - tree: the tree over it.
  ///   - recent: what was executed in the validity window before.
  init(ledger: Ledger, on state: any Backing, tree: consuming MerkleTree, recent: RecentTransactions) {
    self.ledger = ledger
    current = CommittedState(state, unions: ledger.unions)
    self.tree = tree
    self.recent = recent
  }

  /// Brings the state from the block before to the one with `header`.
  ///
  /// - Parameter store: keeps the changes, and gives the state that holds them.
  /// - Throws: a ``Divergence`` that names the first root that differs from the header's.
  mutating func run(
    _ transactions: [VerifiedEnvelope], of header: Header, store: ([StateChange]) throws -> any Backing
  ) throws {
    try require(Digest(merkleRootOf: transactions.map(\.encoded)), header.transactions, "transactions", in: header)
    var state = State(on: current)
    let results = ledger.execute(transactions, on: &state, at: header.moment, recent: &recent)
    try require(results.root, header.results, "results", in: header)
    let changes = state.changes()
    tree.apply(changes, with: .dispatch)
    try require(tree.root, header.state, "state", in: header)
    current.advance(to: try store(changes), with: state)
  }

  private func require(
    _ computed: Digest, _ recorded: Digest, _ part: String, in header: Header
  ) throws(Divergence) {
    guard computed == recorded else {
      throw Divergence(height: header.height, part: part, computed: computed, recorded: recorded)
    }
  }
}

/// A block that, executed again, does not become what its header says.
struct Divergence: Error, CustomStringConvertible {
  let height: UInt64
  /// What differs: transactions, results or state.
  let part: String
  let computed: Digest
  let recorded: Digest

  var description: String {
    "block \(height), executed again, has the root \(computed) of its \(part); its header commits to \(recorded): "
      + "restore a backup, or run the version that made the block"
  }
}

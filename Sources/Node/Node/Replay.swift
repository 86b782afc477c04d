internal import Cryptography
internal import Engine
internal import LedgerKit
internal import StateTree

/// Executes recorded blocks again, on the state before them.
struct Replay: ~Copyable {
  let ledger: Ledger
  private let current: CommittedState
  private(set) var head: Header
  var tree: MerkleTree
  var recent: RecentTransactions

  /// - Parameters:
  ///   - state: the state before the first of the blocks.
  ///   - head: the header of the block before it.
  ///   - tree: the tree over the state.
  ///   - recent: what was executed in the validity window before.
  init(
    ledger: Ledger, on state: any Backing, of head: Header, tree: consuming MerkleTree, recent: RecentTransactions
  ) {
    self.ledger = ledger
    self.head = head
    current = CommittedState(state, unions: ledger.unions)
    self.tree = tree
    self.recent = recent
  }

  /// Brings the state from the block before to `block`.
  ///
  /// - Parameters:
  ///   - transactions: those of the block, checked.
  ///   - store: keeps the changes, and gives the state that holds them.
  /// - Throws: a ``Divergence`` that names the first part that differs from the header.
  mutating func run(
    _ block: Block, _ transactions: [VerifiedEnvelope], store: ([StateChange]) throws -> any Backing
  ) throws {
    let proposal = Proposal(time: block.header.time, transactions: transactions, report: block.report)
    var execution = try BlockExecution(proposal, after: head, on: current, by: ledger, recent: &recent)
    let lineage = Lineage(of: proposal, execution.results, after: head)
    let changes = execution.changes(with: lineage)
    tree.apply(changes, with: .dispatch)
    let executed = execution.block(lineage.header(chain: ledger.chain, state: tree.root), changes)
    try executed.header.require(block.header)
    current.advance(to: try store(executed.changes), with: executed.state)
    head = block.header
  }
}

extension Header {
  /// Throws unless the header, computed, is the recorded one.
  fileprivate func require(_ recorded: Header) throws(Divergence) {
    let parts = [
      ("predecessor", previous, recorded.previous), ("transactions", transactions, recorded.transactions),
      ("results", results, recorded.results), ("state", state, recorded.state)
    ]
    for (part, computed, recorded) in parts where computed != recorded {
      throw Divergence(height: height, part: part, computed: computed, recorded: recorded)
    }
  }
}

/// A block that, executed again, does not become what its header says.
struct Divergence: Error, CustomStringConvertible {
  let height: UInt64
  /// What differs: predecessor, transactions, results or state.
  let part: String
  let computed: Digest
  let recorded: Digest

  var description: String {
    "block \(height), executed again, has the root \(computed) of its \(part); its header commits to \(recorded): "
      + "restore a backup, or run the version that made the block"
  }
}

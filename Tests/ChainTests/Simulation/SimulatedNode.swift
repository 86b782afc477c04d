import Chain
import Cryptography
import LedgerKit
import LedgerTesting
import StateTree

/// A block as a node keeps it: what it is made of, what became of it, and the root of the state after it.
struct SimulatedBlock: Sendable, Equatable {
  let moment: Moment
  let report: EngineReport
  let transactions: [[UInt8]]
  let results: BlockResults
  let root: Digest
}

/// The part of a node that runs blocks: the committed state with its tree, and the transactions of the validity window.
struct SimulatedNode: ~Copyable {
  static let ledger = Ledger(chain: TestNetwork.chain, policy: .devnet)

  private(set) var backing: MemoryBacking
  private var tree: MerkleTree
  var recent = RecentTransactions()

  var root: Digest { tree.root }
  /// The committed state, to run a block on.
  var state: State { State(backing, unions: Self.ledger.unions) }

  init(_ genesis: Genesis) throws {
    backing = MemoryBacking()
    tree = MerkleTree()
    var state = State(backing, unions: Self.ledger.unions)
    try Self.ledger.begin(genesis, in: &state)
    commit(state.changes())
  }

  /// A node that crashed: the committed entries and the blocks are all that is left of it.
  init(recovering backing: MemoryBacking, after blocks: some Sequence<SimulatedBlock>) throws {
    self.backing = backing
    tree = MerkleTree()
    var entries: [StateChange] = []
    backing.scan(from: [], to: [.max]) { key, value in
      entries.append(StateChange(key: key, value: value))
      return true
    }
    tree.apply(entries)
    for block in blocks {
      try Self.ledger.remember(block.transactions, block.results, executedAt: block.moment.time, in: &recent)
    }
  }

  mutating func commit(_ changes: [StateChange]) {
    backing.apply(changes)
    tree.apply(changes)
  }

  /// Runs a whole block, as it was recorded; returns what comes of it here.
  mutating func run(_ block: SimulatedBlock) throws -> SimulatedBlock {
    let transactions = try block.transactions.map { try VerifiedEnvelope($0, for: Self.ledger) }
    var state = state
    let results = Self.ledger.execute(
      transactions, on: &state, at: block.moment, report: block.report, recent: &recent)
    commit(state.changes())
    return SimulatedBlock(
      moment: block.moment, report: block.report, transactions: block.transactions, results: results, root: root)
  }
}

internal import LedgerKit
internal import StateTree

/// A chain that is executed again from its genesis document, on a state in memory.
final class Execution {
  let memory = MemoryState()
  private var replay: Replay

  init(_ ledger: Ledger, _ genesis: Genesis) throws {
    let first = try GenesisBlock(genesis, of: ledger)
    memory.apply(first.changes)
    var tree = MerkleTree()
    tree.apply(first.changes)
    replay = Replay(
      ledger: ledger, on: memory, of: first.block.header, tree: tree, recent: RecentTransactions())
  }

  /// Executes the next block; for the first one, checks that it is what the genesis document makes.
  ///
  /// - Throws: a ``Divergence`` where the block is not what its header says.
  func run(_ block: Block, _ transactions: [VerifiedEnvelope]) throws {
    guard block.header.height > 0 else {
      guard replay.tree.root == block.header.state else {
        throw Divergence(height: 0, part: "state", computed: replay.tree.root, recorded: block.header.state)
      }
      return
    }
    try replay.run(block, transactions) { [memory] changes in
      memory.apply(changes)
      return memory
    }
  }
}

internal import LedgerKit
internal import StateTree

/// A chain that is executed again from its genesis document, on a state in memory.
final class Execution {
  let memory = MemoryState()
  private var replay: Replay

  init(_ ledger: Ledger, _ genesis: Genesis) throws {
    let changes = try GenesisBlock(genesis, of: ledger).changes
    memory.apply(changes)
    var tree = MerkleTree()
    tree.apply(changes)
    replay = Replay(ledger: ledger, on: memory, tree: tree, recent: RecentTransactions())
  }

  /// Executes the next block; for the first one, checks that it is what the genesis document makes.
  ///
  /// - Throws: a ``Divergence`` where the block is not what its header says.
  func run(_ transactions: [VerifiedEnvelope], of header: Header) throws {
    guard header.height > 0 else {
      guard replay.tree.root == header.state else {
        throw Divergence(height: 0, part: "state", computed: replay.tree.root, recorded: header.state)
      }
      return
    }
    try replay.run(transactions, of: header) { [memory] changes in
      memory.apply(changes)
      return memory
    }
  }
}

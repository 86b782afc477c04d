internal import Cryptography
internal import LedgerKit
internal import StateTree

/// The block that a genesis document stands for: the first one of its chain, which nobody signs.
struct GenesisBlock {
  let block: Block
  let results = BlockResults(transactions: [], events: [])
  /// The first state.
  let changes: [StateChange]

  init(_ genesis: Genesis, of ledger: Ledger) throws(Rejection) {
    var state = State(MemoryBacking(), unions: ledger.unions)
    try ledger.begin(genesis, in: &state)
    let lineage = Lineage(
      height: 0, time: genesis.time, previous: genesis.digest, transactions: Digest(merkleRootOf: []),
      results: results.root)
    lineage.write(to: &state)
    changes = state.changes()
    var tree = MerkleTree()
    tree.apply(changes)
    let header = lineage.header(chain: genesis.chain, state: tree.root)
    block = Block(header: header, signature: nil, transactions: [])
  }
}

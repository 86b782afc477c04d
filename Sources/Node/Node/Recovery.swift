internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree
internal import Storage

/// What a starting node derives from its store: the tree over the state, and the transactions of the validity window.
struct Recovery: ~Copyable {
  let block: Block
  let tree: MerkleTree
  let recent: RecentTransactions

  private init(block: Block, tree: consuming MerkleTree, recent: RecentTransactions) {
    self.block = block
    self.tree = tree
    self.recent = recent
  }

  /// Writes the genesis block into an empty store, brings the state to the last block of any store, and reads back the rest.
  static func run(_ ledger: Ledger, _ genesis: Genesis, _ store: ChainStore) throws -> Recovery {
    if store.height == nil { try begin(ledger, genesis, in: store) }
    try requireSame(genesis, in: store)
    if store.stateHeight == nil {
      try store.advance(to: 0, GenesisBlock(genesis, of: ledger).changes.map { ($0.key, $0.value, $0.isNew) })
    }
    guard let head = store.height, let start = store.stateHeight else { throw EngineError("the store has no block") }
    try ledger.requireRules(of: State(store.state(), unions: ledger.unions))
    var block = try store.requiredBlock(at: start, ledger.unions)
    var replay = Replay(
      ledger: ledger, on: store.state(), of: block.header,
      tree: try tree(over: store.state(), expecting: block.header),
      recent: try recent(ledger, store, upTo: block.header))
    while block.header.height < head {
      block = try store.requiredBlock(at: block.header.height + 1, ledger.unions)
      try replay.run(block, try block.checkedBefore(by: ledger)) { changes in
        try store.advance(to: block.header.height, changes.map { ($0.key, $0.value, $0.isNew) })
        return store.state()
      }
    }
    return Recovery(block: block, tree: replay.tree, recent: replay.recent)
  }

  private static func begin(_ ledger: Ledger, _ genesis: Genesis, in store: ChainStore) throws {
    let first = try GenesisBlock(genesis, of: ledger)
    try store.commit(first.block, first.results, first.changes)
  }

  /// Throws unless the store begins with `genesis`.
  static func requireSame(_ genesis: Genesis, in store: ChainStore) throws {
    guard let first = try store.block(at: 0) else { throw EngineError("the store has no block of height 0") }
    guard try Block(encoded: first).header.previous == genesis.digest else {
      throw EngineError("the store belongs to another genesis document; give the node that one, or another folder")
    }
  }

  /// Rebuilds the tree from the flat state; a root that differs means that the disk lies.
  private static func tree(over state: StateSnapshot, expecting header: Header) throws -> MerkleTree {
    var growth = TreeGrowth()
    state.forEach { key, value in growth.add(key, value) }
    let tree = growth.finish()
    guard tree.root == header.state else {
      throw EngineError(
        "the stored state has the root \(tree.root); block \(header.height) commits to \(header.state): restore a backup"
      )
    }
    return tree
  }

  /// The transactions of the window before the state's own block, which is `last`.
  private static func recent(_ ledger: Ledger, _ store: ChainStore, upTo last: Header) throws -> RecentTransactions {
    let window = ledger.parameters(in: State(store.state(), unions: ledger.unions)).maximumWindowSeconds
    let earliest = store.firstKeptHeight ?? 0
    var first = last.height
    while first > earliest,
      try store.requiredBlock(at: first, ledger.unions).header.time.adding(seconds: window) >= last.time
    { first -= 1 }
    var recent = RecentTransactions()
    for height in first...last.height {
      guard let bytes = try store.results(at: height), let block = try store.decodedBlock(at: height, ledger.unions)
      else { continue }
      let results = try BlockResults(encoded: bytes, unions: ledger.unions)
      try ledger.remember(
        block.transactions.lazy.map(\.array), results, executedAt: block.header.time, in: &recent)
    }
    return recent
  }
}

extension Block {
  /// The transactions of a block of the node's own log, whose signatures were checked before it was made.
  func checkedBefore(by ledger: Ledger) throws(Rejection) -> [VerifiedEnvelope] {
    try transactions.map { (bytes) throws(Rejection) in
      VerifiedEnvelope(replaying: try DecodedEnvelope(bytes.array, for: ledger))
    }
  }
}

extension ChainStore {
  func decodedBlock(at height: UInt64, _ unions: Unions) throws -> Block? {
    try block(at: height).map { bytes in try Block(encoded: bytes, unions: unions) }
  }

  func requiredBlock(at height: UInt64, _ unions: Unions) throws -> Block {
    guard let block = try decodedBlock(at: height, unions) else {
      throw EngineError("the store has no block \(height)")
    }
    return block
  }
}

internal import Engine
internal import LedgerKit
internal import Storage

/// Which blocks a node no longer keeps.
struct Pruning {
  /// Heights up to the last one that are kept at least; all where it is 0.
  let keepBlocks: UInt64
  let ledger: Ledger
  let store: ChainStore

  /// Deletes the oldest file of blocks when all of it is older than what is kept and than the validity window, from whose blocks
  /// a start learns what was executed already, and the block before that, which shows a snapshot's reader that none is missing.
  func run(after head: Header, windowSeconds: UInt64) throws(EngineError) {
    guard keepBlocks > 0, let last = store.prunableHeight, last < head.height, head.height - last >= keepBlocks else {
      return
    }
    do {
      guard let block = try store.decodedBlock(at: last + 1, ledger.unions),
        block.header.time.adding(seconds: windowSeconds) < head.time
      else { return }
      try store.prune(below: last + 1)
    } catch { throw EngineError("blocks up to \(last) cannot be pruned: \(error)") }
  }
}

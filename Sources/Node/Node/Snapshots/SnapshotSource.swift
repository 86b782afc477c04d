internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Storage

/// What a snapshot is made of: a state that does not change, and the blocks that lead to it.
struct SnapshotSource: Sendable {
  let genesis: Genesis
  let ledger: Ledger
  let store: ChainStore
  /// The block after which the state is taken, and the state.
  let committed: LedgerApplication.Committed

  private var head: Header { committed.header }

  /// Writes the snapshot into the folder `path`, which must not be there yet.
  ///
  /// - Parameter progress: called now and then with the number of entries that are written.
  func write(
    to path: String, chunkBytes: Int = SnapshotChunk.standardBytes, progress: (UInt64) -> Void = { _ in }
  ) throws(SnapshotError) -> SnapshotFolder {
    guard head.height > 0 else {
      throw .failed("the chain has no block after the first one, so the genesis document is all that a node needs")
    }
    var writer = try SnapshotWriter(path: path, chunkBytes: chunkBytes)
    for height in try firstHeight()...head.height {
      let found = try block(at: height)
      try writer.add(found.block, found.results)
    }
    try committed.state.forEach { (key, value) throws(SnapshotError) in
      try writer.add(key: key, value: value)
      if writer.entryCount.isMultiple(of: 1 << 16) { progress(writer.entryCount) }
    }
    return try writer.finish(genesis: genesis.digest, header: head, signature: committed.signature)
  }

  /// Height of the last block before the validity window, which shows that no block of it is missing; 1 where there is none.
  private func firstHeight() throws(SnapshotError) -> UInt64 {
    let windowSeconds = committed.parameters.maximumWindowSeconds
    var height = head.height
    while height > 1, try block(at: height).block.header.isInWindow(of: windowSeconds, before: head) { height -= 1 }
    return height
  }

  private func block(at height: UInt64) throws(SnapshotError) -> (block: Block, results: BlockResults) {
    do {
      let block = try store.requiredBlock(at: height, ledger.unions)
      return (block, try BlockResults(encoded: store.results(at: height) ?? [], unions: ledger.unions))
    } catch { throw .failed("block \(height), which a snapshot needs: \(error)") }
  }
}

extension Header {
  /// Whether a transaction that this block executed could be valid after `head` still.
  func isInWindow(of seconds: UInt64, before head: Header) -> Bool { time.adding(seconds: seconds) >= head.time }
}

internal import Chain
public import LedgerKit
internal import StateTree
internal import Storage

extension Node {
  /// Writes a snapshot of a node that does not run into the folder `path`, which must not be there yet.
  ///
  /// - Parameters:
  ///   - chunkBytes: size that a chunk of more than one item does not exceed; nodes that share snapshots use the same.
  ///   - progress: called now and then with the number of entries written, and of all.
  public static func createSnapshot(
    of configuration: Configuration, genesis: Genesis, to path: String,
    chunkBytes: Int = SnapshotChunk.standardBytes,
    progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
  ) throws -> SnapshotFolder {
    let ledger = try Ledger(genesis)
    let store = try ChainStore(path: configuration.chainPath, limits: configuration.storage)
    let recovered = try Recovery.run(ledger, genesis, store)
    let total = UInt64(recovered.tree.count)
    let source = SnapshotSource(
      genesis: genesis, ledger: ledger, store: store, committed: .init(recovered.block, store.state(), of: ledger))
    return try source.write(to: path, chunkBytes: chunkBytes) { progress($0, total) }
  }

  /// Makes the chain of a new node from the snapshot in `folder`.
  ///
  /// - Parameter progress: called after each chunk with the number of chunks that are stored, and of all.
  public static func restore(
    _ folder: SnapshotFolder, genesis: Genesis, configuration: Configuration,
    progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
  ) throws(SnapshotError) {
    var restoration = try SnapshotRestoration(folder.manifest, genesis: genesis, configuration: configuration)
    let count = folder.manifest.chunks.count
    for position in 0..<count {
      try restoration.apply(try folder.chunk(at: position))
      progress(UInt64(position + 1), UInt64(count))
    }
    try restoration.finish()
  }
}

extension SnapshotFolder {
  /// Throws unless a node of `genesis` would start from the snapshot.
  ///
  /// - Parameter progress: called after each chunk with the number of chunks that are verified, and of all.
  public func verify(
    genesis: Genesis, progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
  ) throws(SnapshotError) {
    var verification = try SnapshotVerification(manifest, genesis: genesis)
    for position in manifest.chunks.indices {
      _ = try verification.accept(try chunk(at: position))
      progress(UInt64(position + 1), UInt64(manifest.chunks.count))
    }
    try verification.finish()
  }
}

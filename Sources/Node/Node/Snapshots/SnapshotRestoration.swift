public import Cryptography
internal import Encoding
internal import Index
public import LedgerKit
internal import Storage

/// Makes the store of a new node from a snapshot, chunk by chunk.
///
/// Nothing is in the node's place before everything is verified; a restoration that goes away unfinished leaves nothing behind.
public struct SnapshotRestoration: ~Copyable {
  private var verification: SnapshotVerification
  private let draft: ChainStoreDraft

  /// Begins with the manifest; the node must have no chain yet.
  ///
  /// - Parameter root: that of the state, as validators agreed on it; without one the sequencer must have signed the header.
  public init(
    _ manifest: SnapshotManifest, genesis: Genesis, root: Digest? = nil, configuration: Node.Configuration
  ) throws(SnapshotError) {
    let verification = try SnapshotVerification(manifest, genesis: genesis, root: root)
    draft = try Self.draft(beginningWith: verification.genesis, configuration)
    self.verification = verification
  }

  private static func draft(
    beginningWith first: GenesisBlock, _ configuration: Node.Configuration
  ) throws(SnapshotError) -> ChainStoreDraft {
    do {
      let draft = try ChainStoreDraft(path: configuration.chainPath, limits: configuration.storage)
      try draft.append(first.block.encoded, first.results.encoded, height: 0)
      try Index.remove(configuration.indexPath)
      return draft
    } catch { throw .failed("\(error)") }
  }

  /// Chunks that were applied.
  public var position: Int { verification.position }

  /// Whether all chunks were applied, so that it can be finished.
  var isComplete: Bool { position == verification.manifest.chunks.count }

  /// Verifies the next chunk, and stores what it holds.
  ///
  /// - Throws: `chunk` when the bytes are not those of the manifest: the right ones may follow.
  public mutating func apply(_ bytes: [UInt8]) throws(SnapshotError) {
    let chunk = try verification.accept(bytes)
    do throws(StorageError) {
      for block in chunk.blocks {
        try draft.append(block.block.encoded, block.results.encoded, height: block.block.header.height)
      }
      try draft.put(chunk.entries.map { ($0.key.array, $0.value.array) })
    } catch { throw .failed("\(error)") }
  }

  /// Verifies the whole, and puts the store in the node's place.
  public consuming func finish() throws(SnapshotError) {
    try verification.finish()
    let height = verification.manifest.header.height
    do throws(StorageError) { try draft.finish(height: height) } catch { throw .failed("\(error)") }
  }
}

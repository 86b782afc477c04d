internal import Chain
internal import Cryptography
internal import Encoding
public import LedgerKit

/// Checks a snapshot chunk by chunk, keeping the tree and one chunk in memory.
///
/// Whoever made the snapshot need not be trusted: everything in it must follow from the genesis document and from a header that
/// the document's sequencer signed.
public struct SnapshotVerification: ~Copyable {
  public let manifest: SnapshotManifest
  /// Chunks that were accepted.
  public private(set) var position = 0
  let genesis: GenesisBlock
  private let ledger: Ledger
  private var blocks: BlockSequence
  private var entries: EntrySequence

  /// Begins with the manifest.
  ///
  /// - Throws: `manifest` unless it is of the chain of `genesis`, with a header that its sequencer signed.
  public init(_ manifest: SnapshotManifest, genesis: Genesis) throws(SnapshotError) {
    let found = genesis.digest
    guard manifest.genesis == found else {
      throw .manifest("belongs to the genesis document \(manifest.genesis); this node has \(found)")
    }
    guard let sequencer = genesis.sequencer else {
      throw .manifest("has nobody to vouch for it: the genesis document names no sequencer")
    }
    guard manifest.header.chain == genesis.chain, let signature = manifest.signature,
      sequencer.verifies(signature, of: manifest.header.bytesToSign)
    else { throw .manifest("has no header that the sequencer of the genesis document signed") }
    let (ledger, first) = try Self.ledger(of: genesis)
    self.manifest = manifest
    self.ledger = ledger
    self.genesis = first
    blocks = BlockSequence(from: first, sequencer: sequencer)
    entries = EntrySequence()
  }

  private static func ledger(of genesis: Genesis) throws(SnapshotError) -> (Ledger, GenesisBlock) {
    do {
      let ledger = try Ledger(genesis)
      return (ledger, try GenesisBlock(genesis, of: ledger))
    } catch { throw .failed("the genesis document: \(error)") }
  }

  /// Takes the next chunk.
  ///
  /// - Returns: what it holds, once all of it was checked that can be by itself.
  /// - Throws: `chunk` when the bytes are not those of the manifest; nothing is changed then. After `content` the snapshot is
  ///   of no use.
  public mutating func accept(_ bytes: [UInt8]) throws(SnapshotError) -> SnapshotChunk {
    try manifest.require(bytes, at: position)
    let chunk: SnapshotChunk
    do { chunk = try SnapshotChunk(encoded: bytes, unions: ledger.unions) } catch {
      throw .content("chunk \(position) cannot be decoded: \(error)")
    }
    guard chunk.blocks.isEmpty || entries.count == 0 else { throw .content("blocks come after entries") }
    for block in chunk.blocks { try blocks.append(block) }
    try entries.append(chunk.entries)
    position += 1
    return chunk
  }

  /// Throws unless all chunks were accepted, and are the state that the header commits to, with the blocks of its window.
  public func finish() throws(SnapshotError) {
    guard position == manifest.chunks.count else { throw .chunk(position, "is missing") }
    try entries.requireState(of: manifest)
    try blocks.requireWindow(entries.windowSeconds(ledger), before: manifest.header)
  }
}

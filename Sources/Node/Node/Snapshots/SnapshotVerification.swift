internal import Chain
public import Cryptography
internal import Encoding
public import LedgerKit

/// Checks a snapshot chunk by chunk, keeping the tree and one chunk in memory.
///
/// Whoever made the snapshot need not be trusted: everything in it must follow from the genesis document, and from a header that the
/// document's sequencer signed or a root that validators agreed on.
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
  /// - Parameter root: that of the state, as validators agreed on it; without one the sequencer must have signed the header.
  /// - Throws: `manifest` unless it is of the chain of `genesis`, with a header that somebody vouches for.
  public init(_ manifest: SnapshotManifest, genesis: Genesis, root: Digest? = nil) throws(SnapshotError) {
    let found = genesis.digest
    guard manifest.genesis == found, manifest.header.chain == genesis.chain else {
      throw .manifest("belongs to the genesis document \(manifest.genesis); this node has \(found)")
    }
    try manifest.requireVoucher(genesis.sequencer, root)
    let (ledger, first) = try Self.ledger(of: genesis)
    self.manifest = manifest
    self.ledger = ledger
    self.genesis = first
    blocks = BlockSequence(from: first, sequencer: genesis.sequencer)
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
    try entries.requireState(of: manifest, ledger)
    try blocks.requireWindow(entries.windowSeconds(ledger), before: manifest.header)
  }
}

extension SnapshotManifest {
  /// Throws unless the sequencer signed the header, or its root is the one that validators agreed on.
  fileprivate func requireVoucher(_ sequencer: PublicKey?, _ root: Digest?) throws(SnapshotError) {
    if let root {
      guard header.state == root, signature == nil else {
        throw .manifest("has a header with the root \(header.state); the validators agreed on \(root)")
      }
    } else if let sequencer {
      guard sequencer.hasSigned(header, signature) else {
        throw .manifest("has no header that the sequencer of the genesis document signed")
      }
    } else {
      throw .manifest("has nobody to vouch for it: the genesis document names no sequencer")
    }
  }
}

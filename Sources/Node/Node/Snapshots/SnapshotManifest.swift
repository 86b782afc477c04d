public import Cryptography
public import Encoding
public import LedgerKit

/// What a snapshot holds, and how each part of it is recognised; the digest of its bytes is the snapshot's name.
public struct SnapshotManifest: Record {
  public static let schema = Schema(
    "SnapshotManifest", "What a snapshot of the committed state holds, and how each part of it is recognised.",
    SnapshotManifest.init,
    Field(1, "genesis", \.genesis, "SHA-256 of the genesis document's bytes."),
    Field(2, "header", \.header, "Header of the block after which the state is taken."),
    Field(
      3, "signature", \.signature, "Signature of the header by the sequencer; missing where an engine certifies blocks."
    ),
    Field(4, "entryCount", \.entryCount, "Entries of the state."),
    Field(5, "chunks", \.chunks, "The chunks, in order."))

  public let genesis: Digest
  public let header: Header
  public let signature: Signature?
  public let entryCount: UInt64
  public let chunks: [ChunkDigest]

  public init(genesis: Digest, header: Header, signature: Signature?, entryCount: UInt64, chunks: [ChunkDigest]) {
    self.genesis = genesis
    self.header = header
    self.signature = signature
    self.entryCount = entryCount
    self.chunks = chunks
  }

  /// The snapshot's name: two nodes give snapshots of one height the same.
  public var name: Digest { Digest(of: encoded) }

  /// Size of all chunks.
  public var bytes: UInt64 { chunks.reduce(0) { $0 &+ $1.bytes } }
}

/// How a chunk is recognised.
public struct ChunkDigest: Record, Equatable {
  public static let schema = Schema(
    "ChunkDigest", "How a chunk of a snapshot is recognised.", ChunkDigest.init,
    Field(1, "digest", \.digest, "SHA-256 of the chunk's bytes."),
    Field(2, "bytes", \.bytes, "Size of the chunk, in bytes."))

  public let digest: Digest
  public let bytes: UInt64

  public init(digest: Digest, bytes: UInt64) {
    self.digest = digest
    self.bytes = bytes
  }

  /// How the chunk `content` is recognised.
  init(of content: [UInt8]) { self.init(digest: Digest(of: content), bytes: UInt64(content.count)) }
}

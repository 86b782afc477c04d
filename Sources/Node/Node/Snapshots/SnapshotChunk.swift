public import Encoding
public import LedgerKit

/// A part of a snapshot: blocks, then entries of the state. All chunks together are one such record too.
public struct SnapshotChunk: Record {
  public static let schema = Schema(
    "SnapshotChunk", "A part of a snapshot; all chunks joined are one message of this type too.", SnapshotChunk.init,
    Field(
      1, "blocks", \.blocks, "Blocks up to the snapshot's, ascending: the validity window's, and the one before it."),
    Field(2, "entries", \.entries, "Entries of the state, ascending by key as unsigned bytes."))

  /// Size that a chunk of more than one item does not exceed, in bytes.
  public static let standardBytes = 8 << 20
  /// Size of a chunk that is read at the most; only a block that is larger than the standard size makes one that is.
  public static let maximumBytes: UInt64 = 256 << 20

  public let blocks: [SnapshotBlock]
  public let entries: [StateEntry]

  public init(blocks: [SnapshotBlock] = [], entries: [StateEntry] = []) {
    self.blocks = blocks
    self.entries = entries
  }
}

/// A block of the validity window, from which a node learns what was executed already.
public struct SnapshotBlock: Record {
  public static let schema = Schema(
    "SnapshotBlock", "A block of the validity window, with its results.", SnapshotBlock.init,
    Field(1, "block", \.block, "The block."),
    Field(2, "results", \.results, "Its results, without the details that its header does not commit to."))

  public let block: Block
  public let results: BlockResults

  public init(block: Block, results: BlockResults) {
    self.block = block
    self.results = results
  }
}

/// One entry of the state.
public struct StateEntry: Record {
  public static let schema = Schema(
    "StateEntry", "One entry of the state.", StateEntry.init,
    Field(1, "key", \.key, "Key of the entry."), Field(2, "value", \.value, "What the key holds."))

  public let key: Bytes
  public let value: Bytes

  public init(key: Bytes, value: Bytes) {
    self.key = key
    self.value = value
  }
}

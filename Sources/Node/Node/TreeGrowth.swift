internal import StateTree

/// A tree that is built from the entries of a flat state, one after the other.
struct TreeGrowth: ~Copyable {
  /// Entries that the tree takes at once: more need more memory beside it, fewer hash its inner nodes more often.
  private static let batchLength = 1 << 18

  private var tree = MerkleTree()
  private var batch: [StateChange] = []

  mutating func add(_ key: [UInt8], _ value: [UInt8]) {
    batch.append(StateChange(key: key, value: value))
    if batch.count == Self.batchLength { flush() }
  }

  private mutating func flush() {
    tree.apply(batch, with: .dispatch)
    batch.removeAll(keepingCapacity: true)
  }

  consuming func finish() -> MerkleTree {
    flush()
    return tree
  }
}

public import Cryptography

/// A sparse Merkle tree over SHA-256 paths, formed and hashed as ICS-23's `SmtSpec` prescribes.
///
/// A path is the SHA-256 of a key. A subtree without leaves hashes to 32 zero bytes and a subtree with one leaf is that leaf, so the
/// root depends on the entries alone, never on the order in which they came. The nodes live in memory, about 110 bytes a leaf, and
/// hold no keys or values: 256 shards by the first byte of a path, which change independently, under a crown of eight levels. The
/// tree is not copyable because a silent copy would duplicate all of them.
public struct MerkleTree: ~Copyable, Sendable {
  var crown = Crown()
  var shards = [Shard](repeating: Shard(), count: Crown.width)

  /// A tree without leaves.
  public init() {}

  /// What the tree commits to; 32 zero bytes when it is empty.
  public var root: Digest { crown[Crown.top].hash }

  /// Number of leaves.
  public var count: Int { shards.reduce(0) { $0 + $1.leaves.count } }
}

extension MerkleTree {
  /// What becomes of one path.
  public struct Change: Hashable, Sendable {
    /// SHA-256 of the key.
    public let path: Digest
    /// SHA-256 of the new value, or `nil` to remove the leaf.
    public let value: Digest?

    public init(path: Digest, value: Digest?) {
      self.path = path
      self.value = value
    }

    init(_ change: StateChange) {
      self.init(path: Digest(of: change.key), value: change.value.map { Digest(of: $0) })
    }
  }
}

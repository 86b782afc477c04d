public import Cryptography
internal import Encoding

extension MerkleTree {
  /// Proves what the tree holds at `key`: its value, or by the two leaves next to it that it has none.
  ///
  /// - Parameter entry: the key and value behind the path of a leaf; asked for at most two paths, all of leaves in the tree.
  /// - Returns: `nil` for the empty tree, whose root of zeros says it all, and when `entry` does not know a leaf.
  public func prove(_ key: [UInt8], entry: (Digest) -> (key: [UInt8], value: [UInt8])?) -> CommitmentProof? {
    func existence(_ leaf: Leaf) -> ExistenceProof? {
      entry(leaf.path).map { ExistenceProof(key: $0.key, value: $0.value, steps: leaf.steps) }
    }
    let path = Digest(of: key)
    switch lookup(path) {
    case .present(let leaf): return existence(leaf).map { .exist($0) }
    case .absent(let predecessor, let successor):
      let left = predecessor.flatMap(existence)
      let right = successor.flatMap(existence)
      guard (left == nil) == (predecessor == nil), (right == nil) == (successor == nil) else { return nil }
      guard left != nil || right != nil else { return nil }
      return .nonexist(NonExistenceProof(key: Bytes(path.bytes), left: left, right: right))
    }
  }
}

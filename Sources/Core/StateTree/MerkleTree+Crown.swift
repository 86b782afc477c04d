internal import Cryptography

extension MerkleTree {
  /// The top levels of the tree, down to the roots of the shards, as a heap: the children of node `i` are `2 * i` and `2 * i + 1`.
  struct Crown: Sendable {
    /// Levels above the roots of the shards.
    static let depth = 8
    /// Number of shards.
    static let width = 1 << depth
    static let top = 1

    private var nodes = [Summary](repeating: .empty, count: 2 * width)

    subscript(index: Int) -> Summary {
      get { nodes[index] }
      set { nodes[index] = newValue }
    }

    /// Makes the node at `index` what its children say.
    mutating func join(at index: Int) {
      nodes[index] = Summary(nodes[2 * index], nodes[2 * index + 1])
    }
  }

  /// What a subtree is to its parent.
  struct Summary: Sendable {
    enum Size: Sendable { case empty, lone, many }

    static let empty = Summary(hash: .zero, size: .empty)

    let hash: Digest
    let size: Size
  }
}

extension MerkleTree.Summary {
  /// The canonical subtree over two others: a lone leaf is taken up as it is.
  init(_ left: Self, _ right: Self) {
    switch (left.size, right.size) {
    case (.empty, .empty), (.lone, .empty): self = left
    case (.empty, .lone): self = right
    default: self.init(hash: NodeHash.inner(left.hash, right.hash), size: .many)
    }
  }
}

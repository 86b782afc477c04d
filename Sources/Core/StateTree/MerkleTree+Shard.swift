internal import Cryptography

extension MerkleTree {
  /// The subtree over all paths with one first byte, in memory of its own.
  struct Shard: Sendable {
    var root = Link.empty
    var leaves = Arena<Leaf>()
    var forks = Arena<Fork>()
    /// The one child of each narrow node.
    var narrows = Arena<Link>()

    var summary: Summary {
      let size: Summary.Size =
        switch root.kind {
        case .empty: .empty
        case .leaf: .lone
        case .fork, .onlyLeft, .onlyRight: .many
        }
      return Summary(hash: hash(of: root), size: size)
    }

    /// The hash of a subtree. A narrow node keeps none, as its child gives it: one in three nodes is narrow.
    func hash(of link: Link) -> Digest {
      switch link.kind {
      case .empty: .zero
      case .leaf: leaves[link.index].hash
      case .fork: forks[link.index].hash
      case .onlyLeft: NodeHash.inner(hash(of: narrows[link.index]), .zero)
      case .onlyRight: NodeHash.inner(.zero, hash(of: narrows[link.index]))
      }
    }

    /// What lies on the two sides of an inner node.
    func children(of link: Link) -> (left: Link, right: Link) {
      switch link.kind {
      case .empty, .leaf: (.empty, .empty)
      case .fork: (forks[link.index].left, forks[link.index].right)
      case .onlyLeft: (narrows[link.index], .empty)
      case .onlyRight: (.empty, narrows[link.index])
      }
    }
  }
}

extension MerkleTree.Shard {
  /// Where a subtree is kept, and what its root is.
  struct Link: Sendable {
    enum Kind: UInt32 {
      case empty
      case leaf
      /// An inner node with leaves on both sides.
      case fork
      /// A narrow node: an inner one, hence over two leaves or more, that has all of them on one side.
      case onlyLeft
      case onlyRight
    }

    static let empty = Link(.empty, 0)

    /// The kind in the lowest three bits, and the index in the others.
    private let bits: UInt32

    init(_ kind: Kind, _ index: UInt32) { bits = index << 3 | kind.rawValue }

    var kind: Kind { Kind(rawValue: bits & 7) ?? .empty }
    var index: UInt32 { bits >> 3 }
  }

  struct Leaf: Sendable {
    let path: Digest
    let hash: Digest
  }

  struct Fork: Sendable {
    let hash: Digest
    let left: Link
    let right: Link
  }
}

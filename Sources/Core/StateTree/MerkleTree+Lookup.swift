public import Cryptography

extension MerkleTree {
  /// A leaf and its way up.
  public struct Leaf: Hashable, Sendable {
    /// SHA-256 of the leaf's key.
    public let path: Digest
    /// The inner nodes from the leaf to the root.
    public let steps: [ProofStep]
  }

  /// What the tree holds at a path.
  public enum Lookup: Hashable, Sendable {
    case present(Leaf)
    /// The leaves next to the path, in the order of paths; both are `nil` only in an empty tree.
    case absent(predecessor: Leaf?, successor: Leaf?)
  }

  /// Finds the leaf at `path`, or the two leaves between which it would be.
  public func lookup(_ path: Digest) -> Lookup {
    let trail = Trail(in: self) { _, depth in path.side(at: depth) }
    guard let leaf = leaf(at: trail) else {
      return .absent(predecessor: neighbour(of: trail, on: .left), successor: neighbour(of: trail, on: .right))
    }
    if leaf.path == path { return .present(leaf) }
    return leaf.path < path
      ? .absent(predecessor: leaf, successor: neighbour(of: trail, on: .right))
      : .absent(predecessor: neighbour(of: trail, on: .left), successor: leaf)
  }

  private func leaf(at trail: Trail) -> Leaf? {
    guard case .leaf(let index) = trail.end.link else { return nil }
    return Leaf(path: leaves[index], steps: trail.turns.reversed().map(\.step))
  }

  /// The nearest leaf on `side` of the end of `trail`: the closest one under the deepest sibling there.
  private func neighbour(of trail: Trail, on side: Side) -> Leaf? {
    var turns = trail.turns
    while let turn = turns.popLast() {
      guard turn.side != side, !turn.inner[side].isEmpty else { continue }
      turns.append(Turn(inner: turn.inner, side: side))
      let trail = Trail(in: self, after: turns) { inner, _ in
        inner[side.opposite].isEmpty ? side : side.opposite
      }
      return leaf(at: trail)
    }
    return nil
  }
}

extension MerkleTree {
  /// The choice made at one inner node.
  private struct Turn {
    let inner: Inner
    let side: Side

    var step: ProofStep { ProofStep(side: side, sibling: inner[side.opposite].hash) }
  }

  /// A way from the root down to a leaf or an empty subtree.
  private struct Trail {
    private(set) var turns: [Turn]
    private(set) var end: Node

    /// Goes on from `turns`, choosing a side at each inner node by its depth.
    init(in tree: borrowing MerkleTree, after turns: [Turn] = [], choosing side: (Inner, Int) -> Side) {
      self.turns = turns
      end = turns.last.map { $0.inner[$0.side] } ?? tree.top
      while case .inner(let index) = end.link {
        let inner = tree.inners[index]
        let turn = Turn(inner: inner, side: side(inner, self.turns.count))
        self.turns.append(turn)
        end = inner[turn.side]
      }
    }
  }
}

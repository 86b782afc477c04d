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
    guard let path = path(at: trail.end) else { return nil }
    return Leaf(
      path: path, steps: trail.turns.reversed().map { ProofStep(side: $0.side, sibling: hash(of: $0.sibling)) })
  }

  /// The nearest leaf on `side` of the end of `trail`: the closest one under the deepest sibling there.
  private func neighbour(of trail: Trail, on side: Side) -> Leaf? {
    var turns = trail.turns
    while let turn = turns.popLast() {
      guard turn.side != side, !turn.sibling.isEmpty else { continue }
      turns.append(Turn(sides: turn.sides, side: side))
      let trail = Trail(in: self, after: turns) { sides, _ in sides[side.opposite].isEmpty ? side : side.opposite }
      return leaf(at: trail)
    }
    return nil
  }
}

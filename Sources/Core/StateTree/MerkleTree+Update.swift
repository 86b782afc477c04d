internal import Cryptography

extension MerkleTree.Shard {
  typealias Change = MerkleTree.Change

  /// Applies `changes`, all of paths in this shard.
  mutating func apply(_ changes: [Change]) {
    var changes = changes
    root = update(root, depth: MerkleTree.Crown.depth, with: &changes, in: changes.indices)
  }

  /// Applies the changes in `range`, all of paths under `link`; they are sorted as they go down, by a bit at each depth.
  private mutating func update(
    _ link: Link, depth: Int, with changes: inout [Change], in range: Range<Int>
  ) -> Link {
    if range.isEmpty { return link }
    if range.count == 1, let settled = settle(link, changes[range.lowerBound]) { return settled }
    precondition(depth < 8 * Digest.length, "a path changes twice")
    let (left, right) = link.kind == .leaf ? lowered(link, at: depth) : children(of: link)
    let middle = changes.divide(range, at: depth)
    let newLeft = update(left, depth: depth + 1, with: &changes, in: range.lowerBound..<middle)
    let newRight = update(right, depth: depth + 1, with: &changes, in: middle..<range.upperBound)
    return join(newLeft, newRight, replacing: link)
  }

  /// A lone leaf taken one level down, to the side it lies on.
  private func lowered(_ link: Link, at depth: Int) -> (left: Link, right: Link) {
    leaves[link.index].path.side(at: depth) == .left ? (link, .empty) : (.empty, link)
  }

  /// The subtree after a change that concerns no other leaf, or `nil` when the change belongs further down.
  private mutating func settle(_ link: Link, _ change: Change) -> Link? {
    switch link.kind {
    case .empty:
      guard let value = change.value else { return link }
      return Link(.leaf, leaves.insert(Leaf(path: change.path, hash: NodeHash.leaf(change.path, value))))
    case .leaf where leaves[link.index].path == change.path:
      guard let value = change.value else {
        leaves.remove(at: link.index)
        return .empty
      }
      leaves[link.index] = Leaf(path: change.path, hash: NodeHash.leaf(change.path, value))
      return link
    case .leaf, .fork, .onlyLeft, .onlyRight: return nil
    }
  }

  /// The canonical subtree over two sides, in the room of the inner node at `old` where there is one of its kind.
  private mutating func join(_ left: Link, _ right: Link, replacing old: Link) -> Link {
    switch (left.kind, right.kind) {
    case (.empty, .empty), (.leaf, .empty): return discard(old, for: left)
    case (.empty, .leaf): return discard(old, for: right)
    case (_, .empty): return narrow(.onlyLeft, left, replacing: old)
    case (.empty, _): return narrow(.onlyRight, right, replacing: old)
    default: return fork(left, right, replacing: old)
    }
  }

  private mutating func fork(_ left: Link, _ right: Link, replacing old: Link) -> Link {
    let fork = Fork(hash: NodeHash.inner(hash(of: left), hash(of: right)), left: left, right: right)
    guard old.kind == .fork else { return discard(old, for: Link(.fork, forks.insert(fork))) }
    forks[old.index] = fork
    return old
  }

  private mutating func narrow(_ kind: Link.Kind, _ child: Link, replacing old: Link) -> Link {
    guard old.kind == kind else { return discard(old, for: Link(kind, narrows.insert(child))) }
    narrows[old.index] = child
    return old
  }

  /// Gives up the room of an inner node that `new` stands in for.
  private mutating func discard(_ old: Link, for new: Link) -> Link {
    switch old.kind {
    case .fork: forks.remove(at: old.index)
    case .onlyLeft, .onlyRight: narrows.remove(at: old.index)
    case .empty, .leaf: break
    }
    return new
  }
}

extension [MerkleTree.Change] {
  /// Moves the changes in `range` on the left side at `depth` before the others, and returns where those begin.
  fileprivate mutating func divide(_ range: Range<Int>, at depth: Int) -> Int {
    var middle = range.lowerBound
    for index in range where self[index].path.side(at: depth) == .left {
      swapAt(index, middle)
      middle += 1
    }
    return middle
  }
}

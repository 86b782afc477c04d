internal import Cryptography

extension MerkleTree {
  /// Applies `changes`, in any order, in one pass that hashes each touched inner node once.
  ///
  /// Removing an absent path changes nothing. The array is sorted in place when the caller gives it up.
  /// - Precondition: no path occurs twice.
  public mutating func apply(_ changes: consuming [Change]) {
    var sorted = changes
    sorted.sort { $0.path < $1.path }
    precondition(zip(sorted, sorted.dropFirst()).allSatisfy { $0.path < $1.path }, "a path changes twice")
    top = update(top, depth: 0, with: sorted[...])
  }

  private mutating func update(_ node: Node, depth: Int, with changes: ArraySlice<Change>) -> Node {
    guard let first = changes.first else { return node }
    if changes.count == 1, let settled = settle(node, first) { return settled }
    let (left, right) = children(of: node, at: depth)
    let middle = changes.firstIndex(onTheRightAt: depth)
    let newLeft = update(left, depth: depth + 1, with: changes[..<middle])
    let newRight = update(right, depth: depth + 1, with: changes[middle...])
    return join(newLeft, newRight, replacing: node)
  }

  /// The subtree after a change that concerns no other leaf, or `nil` when the change belongs further down.
  private mutating func settle(_ node: Node, _ change: Change) -> Node? {
    switch node.link {
    case .empty:
      guard let value = change.value else { return node }
      return Node(hash: NodeHash.leaf(change.path, value), link: .leaf(leaves.insert(change.path)))
    case .leaf(let index) where leaves[index] == change.path:
      guard let value = change.value else {
        leaves.remove(at: index)
        return .empty
      }
      return Node(hash: NodeHash.leaf(change.path, value), link: node.link)
    case .leaf, .inner: return nil
    }
  }

  /// What lies on the two sides of a subtree; a lone leaf is taken one level down.
  private func children(of node: Node, at depth: Int) -> (left: Node, right: Node) {
    switch node.link {
    case .empty: (.empty, .empty)
    case .leaf(let index): leaves[index].side(at: depth) == .left ? (node, .empty) : (.empty, node)
    case .inner(let index): (inners[index].left, inners[index].right)
    }
  }

  /// The canonical subtree over two sides, in the room of the inner node that `node` was, if it was one.
  private mutating func join(_ left: Node, _ right: Node, replacing node: Node) -> Node {
    switch (left.link, right.link) {
    case (.empty, .empty), (.leaf, .empty):
      discard(node)
      return left
    case (.empty, .leaf):
      discard(node)
      return right
    default:
      let inner = Inner(left: left, right: right)
      return Node(hash: inner.hash, link: .inner(store(inner, replacing: node)))
    }
  }

  private mutating func store(_ inner: Inner, replacing node: Node) -> UInt32 {
    guard case .inner(let index) = node.link else { return inners.insert(inner) }
    inners[index] = inner
    return index
  }

  private mutating func discard(_ node: Node) {
    if case .inner(let index) = node.link { inners.remove(at: index) }
  }
}

extension ArraySlice<MerkleTree.Change> {
  /// Where the changes on the right side begin, by binary search: sorted paths that agree above `depth` are split by their bit there.
  fileprivate func firstIndex(onTheRightAt depth: Int) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if self[middle].path.side(at: depth) == .left { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

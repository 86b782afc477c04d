internal import Cryptography

extension MerkleTree {
  /// Applies `changes` of the state, in any order; hashing their keys and values is shared among `workers` too.
  ///
  /// - Precondition: no key occurs twice.
  public mutating func apply(_ changes: [StateChange], with workers: Workers = .one) {
    apply(workers.map(changes, Change.init), with: workers)
  }

  /// Applies `changes`, in any order, in one pass that hashes each touched inner node once; each shard is a piece of work.
  ///
  /// Removing an absent path changes nothing.
  /// - Precondition: no path occurs twice.
  public mutating func apply(_ changes: [Change], with workers: Workers = .one) {
    let groups = Groups(changes)
    workers.forEach(in: &shards) { number, shard in
      if !groups[number].isEmpty { shard.apply(groups[number].map { changes[Int($0)] }) }
    }
    refresh(Crown.top, over: 0..<Crown.width, after: groups)
  }

  /// Hashes the part of the crown at `index`, which stands over a range of shards, anew where one of them was changed.
  private mutating func refresh(_ index: Int, over range: Range<Int>, after groups: Groups) {
    guard groups.touches(range) else { return }
    if range.count == 1 {
      crown[index] = shards[range.lowerBound].summary
    } else {
      let middle = range.lowerBound + range.count / 2
      refresh(2 * index, over: range.lowerBound..<middle, after: groups)
      refresh(2 * index + 1, over: middle..<range.upperBound, after: groups)
      crown.join(at: index)
    }
  }
}

/// Indices of changes, grouped by the shard that their paths belong to.
private struct Groups: Sendable {
  private var members: [UInt32]
  /// Where the group of each shard begins, and where the last one ends.
  private var starts = [Int](repeating: 0, count: MerkleTree.Crown.width + 1)

  init(_ changes: [MerkleTree.Change]) {
    for change in changes { starts[change.path.shard + 1] += 1 }
    for shard in 1..<starts.count { starts[shard] += starts[shard - 1] }
    members = [UInt32](repeating: 0, count: changes.count)
    var next = starts
    for (index, change) in changes.enumerated() {
      members[next[change.path.shard]] = UInt32(index)
      next[change.path.shard] += 1
    }
  }

  subscript(shard: Int) -> ArraySlice<UInt32> { members[starts[shard]..<starts[shard + 1]] }

  func touches(_ shards: Range<Int>) -> Bool { starts[shards.lowerBound] < starts[shards.upperBound] }
}

extension Digest {
  /// Number of the shard that holds this path.
  fileprivate var shard: Int { withBytes { Int($0[0]) } }
}

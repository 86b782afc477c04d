import Cryptography
import Encoding
import Testing

@testable import StateTree

@Suite("The Merkle tree")
struct MerkleTreeTests {
  @Test("An empty tree has the root of zeros, before and after")
  func empty() {
    var tree = MerkleTree()
    #expect(tree.root == .zero)
    let path = Digest(of: [1])
    tree.apply([MerkleTree.Change(path: path, value: nil)])
    #expect(tree.root == .zero)
    tree.apply([MerkleTree.Change(path: path, value: Digest(of: [2]))])
    tree.apply([MerkleTree.Change(path: path, value: nil)])
    #expect(tree.root == .zero)
    #expect(tree.count == 0)
    #expect(tree.lookup(path) == .absent(predecessor: nil, successor: nil))
  }

  @Test("A lone leaf is the root")
  func loneLeaf() {
    var tree = MerkleTree()
    let path = Digest(of: [1])
    let value = Digest(of: [2])
    tree.apply([MerkleTree.Change(path: path, value: value)])
    #expect(tree.root == Digest(of: [0], path.bytes, value.bytes))
    #expect(tree.lookup(path) == .present(MerkleTree.Leaf(path: path, steps: [])))
  }

  @Test("Paths that differ in the last bit only lie at depth 256 and collapse when one goes")
  func deepest() throws {
    let zeros = [UInt8](repeating: 0, count: 31)
    let even = try Digest(validating: (zeros + [0])[...])
    let odd = try Digest(validating: (zeros + [1])[...])
    let value = Digest(of: [7])
    var tree = MerkleTree()
    tree.apply([MerkleTree.Change(path: odd, value: value), MerkleTree.Change(path: even, value: value)])
    #expect(tree.root == referenceRoot([even: value, odd: value]))
    guard case .present(let leaf) = tree.lookup(odd) else {
      Issue.record("the leaf is missing")
      return
    }
    #expect(leaf.steps.count == 256)
    tree.apply([MerkleTree.Change(path: even, value: nil)])
    #expect(tree.root == referenceRoot([odd: value]))
  }

  @Test("The root depends on the entries, not on their history", arguments: 0..<30 as Range<UInt64>)
  func historyIndependence(seed: UInt64) {
    var random = Random(seed: seed)
    var entries: [Digest: Digest] = [:]
    var tree = MerkleTree()
    for _ in 0..<12 {
      let changes = Self.batch(from: &random, touching: entries)
      tree.apply(changes)
      for change in changes { entries[change.path] = change.value }
      #expect(tree.root == referenceRoot(entries))
      #expect(tree.count == entries.count)
    }
    var fresh = MerkleTree()
    for (path, value) in entries { fresh.apply([MerkleTree.Change(path: path, value: value)]) }
    #expect(fresh.root == tree.root)
    #expect(fresh.innerCount == tree.innerCount)
    tree.apply(entries.keys.map { MerkleTree.Change(path: $0, value: nil) })
    #expect(tree.root == .zero)
    #expect(tree.count == 0)
    #expect(tree.innerCount == 0)
  }

  /// New, changed and removed entries, removals of absent ones, and paths that share long beginnings.
  private static func batch(from random: inout Random, touching entries: [Digest: Digest]) -> [MerkleTree.Change] {
    var values: [Digest: Digest?] = [:]
    let known = entries.keys.sorted()
    for _ in 0..<random.below(40) {
      var path = Digest.sample(&random)
      if let old = random.pick(known), random.below(3) > 0 { path = random.below(2) == 0 ? old : near(old, &random) }
      values.updateValue(random.below(3) == 0 ? nil : Digest.sample(&random), forKey: path)
    }
    return values.map { MerkleTree.Change(path: $0.key, value: $0.value) }
  }

  /// `path` with one bit turned.
  private static func near(_ path: Digest, _ random: inout Random) -> Digest {
    var bytes = path.bytes
    bytes[random.below(32)] ^= 1 << UInt8(random.below(8))
    return (try? Digest(validating: bytes[...])) ?? path
  }

  @Test("Neighbours are the leaves before and after in the order of paths", arguments: [1, 2, 3, 10, 200])
  func neighbours(count: Int) {
    var random = Random(seed: UInt64(count))
    let paths = (0..<count).map { _ in Digest.sample(&random) }.sorted()
    var tree = MerkleTree()
    tree.apply(paths.map { MerkleTree.Change(path: $0, value: $0) })
    for _ in 0..<100 {
      let path = Digest.sample(&random)
      guard case .absent(let predecessor, let successor) = tree.lookup(path) else {
        Issue.record("\(path) is not in the tree")
        continue
      }
      #expect(predecessor?.path == paths.last { $0 < path })
      #expect(successor?.path == paths.first { $0 > path })
    }
  }
}

extension MerkleTree {
  /// Number of inner nodes in the shards.
  fileprivate var innerCount: Int { shards.reduce(0) { $0 + $1.forks.count + $1.narrows.count } }
}

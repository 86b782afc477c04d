import Cryptography
import Dispatch
import Encoding
import Testing

@testable import StateTree

@Suite("Batches of changes to the Merkle tree")
struct MerkleTreeBatchTests {
  @Test("The root of 10,000 seeded entries never changes, whoever does the work", arguments: [1, 2, 3, 7])
  func golden(threads: Int) {
    let entries = Self.entries(10_000)
    var tree = MerkleTree()
    for start in stride(from: 0, to: entries.count, by: 4_000) {
      tree.apply(Array(entries[start..<min(start + 4_000, entries.count)]), with: Workers(threads: threads))
    }
    #expect(tree.count == 10_000)
    #expect(tree.root.description == "f3f9ed091af34383020e143fbf139fcb511db0f17b6ae4af7d993ce45391eaa1")
    var shuffled = MerkleTree()
    var random = Random(seed: UInt64(threads))
    shuffled.apply(entries.shuffled(using: &random), with: Workers(threads: threads))
    #expect(shuffled.root == tree.root)
  }

  private static func entries(_ count: Int) -> [StateChange] {
    var random = Random(seed: 3)
    return (0..<count).map { _ in StateChange(key: random.bytes(20), value: random.bytes(1 + random.below(60))) }
  }

  @Test("A change of the state is the change of its digests")
  func digests() {
    var states = MerkleTree()
    states.apply([StateChange(key: [1], value: [2]), StateChange(key: [3], value: [])])
    var paths = MerkleTree()
    paths.apply(
      [1: Digest(of: [2]), 3: Digest(of: [])].map { MerkleTree.Change(path: Digest(of: [$0.key]), value: $0.value) })
    #expect(states.root == paths.root)
    states.apply([StateChange(key: [1], value: nil), StateChange(key: [2], value: nil)])
    #expect(states.root == referenceRoot([Digest(of: [3]): Digest(of: [])]))
  }

  /// Where leaves lie that try the borders between crown, shards and the levels below.
  static let places: [[[UInt8]]] = [
    [], [[0]], [[0xFF]], [[0], [0x80]], [[0], [1]], [[0xFE], [0xFF]], [[0x40], [0x41], [0xC0]], [[7, 0], [7, 0x80]],
    [[7, 0], [7, 1]], [[7, 0], [7, 0, 1], [7, 0, 0, 1]], [[7, 0], [7, 0xFF], [8]], [[0], [0, 0, 0, 0, 0, 0, 0, 0, 1]],
    (0..<64).map { [5, $0] }, (0..<64).map { [4 * $0] }
  ]

  @Test(
    "Few leaves, in one shard or at the borders of many, come and go one after the other and at once", arguments: places
  )
  func borders(starts: [[UInt8]]) throws {
    let paths = try starts.map { try Digest(validating: ($0 + [UInt8](repeating: 0, count: 32 - $0.count))[...]) }
    var entries: [Digest: Digest] = [:]
    var tree = MerkleTree()
    for path in paths {
      entries[path] = Digest(of: path.bytes)
      tree.apply([MerkleTree.Change(path: path, value: entries[path])])
      try Self.expect(tree, holds: entries)
    }
    var atOnce = MerkleTree()
    atOnce.apply(paths.reversed().map { MerkleTree.Change(path: $0, value: entries[$0]) }, with: Workers(threads: 3))
    #expect(atOnce.root == tree.root)
    for path in paths {
      entries[path] = nil
      tree.apply([MerkleTree.Change(path: path, value: nil)])
      try Self.expect(tree, holds: entries)
    }
    #expect(tree.root == .zero)
  }

  @Test(
    "Inserts, updates and removals in one batch agree with the definition and with one worker",
    arguments: 0..<10 as Range<UInt64>)
  func mixed(seed: UInt64) throws {
    var random = Random(seed: seed)
    var entries: [Digest: Digest] = [:]
    var one = MerkleTree()
    var many = MerkleTree()
    for _ in 0..<4 {
      var batch: [Digest: Digest?] = [:]
      for path in entries.keys.sorted() where random.below(3) == 0 {
        batch.updateValue(random.below(2) == 0 ? nil : Digest.sample(&random), forKey: path)
      }
      for _ in 0..<300 { batch.updateValue(Digest.sample(&random), forKey: Digest.sample(&random)) }
      let changes = batch.map { MerkleTree.Change(path: $0.key, value: $0.value) }
      for change in changes { entries[change.path] = change.value }
      one.apply(changes)
      many.apply(changes.reversed(), with: Workers(threads: 7))
      #expect(one.root == many.root)
      try Self.expect(many, holds: entries)
    }
  }

  /// Checks root, count and what a leaf and its neighbours prove.
  private static func expect(_ tree: borrowing MerkleTree, holds entries: [Digest: Digest]) throws {
    let (root, count) = (tree.root, tree.count)
    #expect(root == referenceRoot(entries))
    #expect(count == entries.count)
    for (path, value) in entries.prefix(50) {
      guard case .present(let leaf) = tree.lookup(path) else {
        Issue.record("\(path) is missing")
        return
      }
      #expect(leaf.steps.reduce(NodeHash.leaf(path, value)) { $1.parent(of: $0) } == root)
    }
  }

  @Test("Proofs of presence and absence hold after removals")
  func proofsAfterRemovals() throws {
    let entries = Self.entries(600)
    let byPath = Dictionary(uniqueKeysWithValues: entries.map { (Digest(of: $0.key), $0) })
    var tree = MerkleTree()
    tree.apply(entries)
    let (gone, kept) = (entries[..<300], entries[300...])
    tree.apply(gone.map { StateChange(key: $0.key, value: nil) }, with: Workers(threads: 2))
    for change in entries {
      let proof = tree.prove(change.key) { path in byPath[path].flatMap { entry in entry.value.map { (entry.key, $0) } }
      }
      let expected = kept.contains(change) ? change.value ?? [] : []
      let proofCase = ProofCase(key: change.key, value: expected, proof: try #require(proof).encoded, root: tree.root)
      #expect(proofCase.isValid)
    }
  }
}

extension Workers {
  /// Threads that each take the pieces at one distance from each other.
  init(threads: Int) {
    self.init { pieces, piece in
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for index in stride(from: thread, to: pieces, by: threads) { piece(index) }
      }
    }
  }
}

import Cryptography
import Encoding

@testable import StateTree

/// Entries as the owner of a tree would keep them beside it.
struct SampleEntries {
  private(set) var byPath: [Digest: (key: [UInt8], value: [UInt8])] = [:]

  /// `count` entries with keys and values of any bytes.
  init(count: Int, seed: UInt64) {
    var random = Random(seed: seed)
    while byPath.count < count {
      let key = random.bytes(1 + random.below(24))
      byPath[Digest(of: key)] = (key, random.bytes(1 + random.below(40)))
    }
  }

  var changes: [MerkleTree.Change] {
    byPath.map { MerkleTree.Change(path: $0.key, value: Digest(of: $0.value.value)) }
  }

  /// The proof of what `tree`, which holds the entries, has at `key`.
  func proof(of key: [UInt8], in tree: borrowing MerkleTree) -> CommitmentProof? {
    tree.prove(key) { byPath[$0] }
  }

  /// One true claim for each entry, and for `absent` keys that are in no entry.
  func claims(absent: Int, seed: UInt64) -> [ProofCase] {
    var tree = MerkleTree()
    tree.apply(changes)
    var random = Random(seed: seed)
    let keys = byPath.values.map { ($0.key, $0.value) } + (0..<absent).map { _ in (random.bytes(30), []) }
    return keys.compactMap { key, value in
      proof(of: key, in: tree).map { ProofCase(key: key, value: value, proof: $0.encoded, root: tree.root) }
    }
  }
}

/// The root of `entries` by the definition alone: a recursion over all bits with nothing kept between calls.
func referenceRoot(_ entries: [Digest: Digest], depth: Int = 0) -> Digest {
  guard let first = entries.first else { return .zero }
  if entries.count == 1 { return Digest(of: [0], first.key.bytes, first.value.bytes) }
  func half(_ bit: UInt8) -> Digest {
    let half = entries.filter { $0.key.bytes[depth / 8] >> UInt8(7 - depth % 8) & 1 == bit }
    return referenceRoot(half, depth: depth + 1)
  }
  return Digest(of: [1], half(0).bytes, half(1).bytes)
}

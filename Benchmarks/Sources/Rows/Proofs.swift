internal import Cryptography
internal import StateTree

extension Row {
  static let proofGeneration = Row("proofs.generate", "membership proofs made, one thread, all accounts in the tree") {
    setting in
    let tree = ProofTree(setting.accounts)
    var index = 0
    let made = try rate(over: setting.briefSeconds, of: 1) {
      _ = try tree.proof(of: index)
      index = (index + 7_919) % setting.accounts
    }
    return [Reading("proofs.generate", made, .perSecond)]
  }

  static let proofVerification = Row("proofs.verify", "membership proofs checked, one thread") { setting in
    let tree = ProofTree(setting.accounts)
    let proofs = try (0..<100).map { index in (index, try tree.proof(of: index)) }
    let verified = try rate(over: setting.briefSeconds, of: proofs.count) {
      for (index, proof) in proofs {
        try proof.verifyMembership(key: ProofTree.key(index), value: ProofTree.value, root: tree.root)
      }
    }
    return [Reading("proofs.verify", verified, .perSecond)]
  }
}

/// A tree of entries whose keys follow from their numbers.
struct ProofTree: ~Copyable {
  static let value = [UInt8](repeating: 7, count: 16)
  private var tree = MerkleTree()
  private var keys: [Digest: Int] = [:]
  var root: Digest { tree.root }

  init(_ count: Int) {
    keys.reserveCapacity(count)
    for index in 0..<count { keys[Digest(of: Self.key(index))] = index }
    let value = Digest(of: Self.value)
    tree.apply(keys.keys.map { MerkleTree.Change(path: $0, value: value) })
  }

  static func key(_ index: Int) -> [UInt8] { Array("account \(index)".utf8) }

  func proof(of index: Int) throws -> CommitmentProof {
    let proof = tree.prove(Self.key(index)) { path in keys[path].map { (Self.key($0), Self.value) } }
    guard let proof else { throw ProgramFailed("the tree has no proof for entry \(index)") }
    return proof
  }
}

import Cryptography
import Encoding
import Testing

@testable import StateTree

@Suite("Proofs")
struct ProofTests {
  @Test("Foreign vectors are valid, and are written back byte for byte", arguments: Vectors.names)
  func vectors(name: String) throws {
    let vector = try Vectors.load(name)
    #expect(vector.isValid)
    #expect(try CommitmentProof(encoded: vector.proof).encoded == vector.proof)
  }

  @Test("Every flipped bit of a vector fails", arguments: ["exist_middle", "nonexist_middle"])
  func everyFlip(name: String) throws {
    let vector = try Vectors.load(name)
    for part in ProofCase.parts {
      for position in vector[keyPath: part].indices {
        let accepted = (0..<8).filter { vector.flipping(position, of: part, bit: $0).isValid }
        #expect(accepted == [], "byte \(position) of \(part)")
      }
    }
  }

  @Test("Seeded flipped bits of each vector fail", arguments: Vectors.names)
  func seededFlips(name: String) throws {
    let vector = try Vectors.load(name)
    var random = Random(seed: 23)
    for part in ProofCase.parts where !vector[keyPath: part].isEmpty {
      for _ in 0..<100 {
        let position = random.below(vector[keyPath: part].count)
        let bit = random.below(8)
        #expect(!vector.flipping(position, of: part, bit: bit).isValid, "bit \(bit) of byte \(position) of \(part)")
      }
    }
  }

  @Test("What a tree proves is valid, present or absent", arguments: [1, 2, 3, 10, 1000])
  func ownProofs(count: Int) {
    let claims = SampleEntries(count: count, seed: UInt64(count)).claims(absent: 100, seed: 7)
    #expect(claims.count == count + 100)
    for claim in claims {
      #expect(claim.isValid)
      var opposite = claim
      opposite.value = claim.value.isEmpty ? [1] : []
      #expect(!opposite.isValid)
    }
  }

  @Test("An empty tree proves nothing, nor does one whose entries are lost")
  func nothingToShow() {
    let none = SampleEntries(count: 0, seed: 0)
    var tree = MerkleTree()
    #expect(none.proof(of: [1], in: tree) == nil)
    tree.apply([MerkleTree.Change(path: Digest(of: [1]), value: Digest(of: [2]))])
    #expect(none.proof(of: [1], in: tree) == nil)
    #expect(none.proof(of: [2], in: tree) == nil)
  }
}

import Cryptography
import Encoding
import Testing

@testable import StateTree

/// A tree of three leaves on the paths 0…, 10… and 11…, and what its refused proofs are refused for.
@Suite("Refused proofs")
struct ProofErrorTests {
  private let entries: [(key: [UInt8], value: [UInt8])]
  private let existence: [ExistenceProof]
  private let root: Digest
  /// A key on the path 0… behind the first leaf.
  private let absentKey: [UInt8]

  init() throws {
    let keys = (0..<200 as Range<UInt8>).map { [$0] }
    func first(_ bits: ClosedRange<UInt8>) throws -> [UInt8] {
      try #require(keys.first { bits.contains(Digest(of: $0).bytes[0]) })
    }
    entries = [(try first(0...0x3F), [1]), (try first(0x80...0xBF), [2]), (try first(0xC0...0xFF), [3])]
    absentKey = try first(0x40...0x7F)
    var tree = MerkleTree()
    tree.apply(entries.map { MerkleTree.Change(path: Digest(of: $0.key), value: Digest(of: $0.value)) })
    root = tree.root
    existence = try entries.map { entry in
      let proof = tree.prove(entry.key) { _ in entry }
      return try #require(proof?.existence)
    }
  }

  private func membershipError(
    leaf: LeafOp = .sparseMerkleTree, value: [UInt8]? = nil, key: [UInt8]? = nil, path: [InnerOp]? = nil
  ) -> ProofError? {
    let key = key ?? entries[1].key
    let value = value ?? entries[1].value
    let proof = ExistenceProof(key: Bytes(key), value: Bytes(value), leaf: leaf, path: path ?? existence[1].path)
    do throws(ProofError) {
      try CommitmentProof.exist(proof).verifyMembership(key: key, value: value, root: root)
      return nil
    } catch { return error }
  }

  private func absenceError(
    of key: [UInt8]? = nil, named path: [UInt8]? = nil, left: ExistenceProof?, right: ExistenceProof?
  ) -> ProofError? {
    let key = key ?? absentKey
    let proof = NonExistenceProof(key: Bytes(path ?? Digest(of: key).bytes), left: left, right: right)
    do throws(ProofError) {
      try CommitmentProof.nonexist(proof).verifyNonMembership(key: key, root: root)
      return nil
    } catch { return error }
  }

  @Test("The kind, the key and the value are those asked for")
  func claim() {
    let exist = CommitmentProof.exist(existence[0])
    let absent = CommitmentProof.nonexist(
      NonExistenceProof(key: Bytes(absentKey), left: existence[0], right: existence[1]))
    let (key, value) = entries[0]
    #expect(throws: ProofError.notMembership) { try absent.verifyMembership(key: key, value: value, root: root) }
    #expect(throws: ProofError.notNonMembership) { try exist.verifyNonMembership(key: key, root: root) }
    #expect(throws: ProofError.wrongKey) { try exist.verifyMembership(key: [9, 9], value: value, root: root) }
    #expect(throws: ProofError.wrongValue) { try exist.verifyMembership(key: key, value: [9], root: root) }
    #expect(throws: ProofError.wrongRoot) { try exist.verifyMembership(key: key, value: value, root: .zero) }
    #expect(throws: ProofError.wrongKey) { try absent.verifyNonMembership(key: absentKey, root: root) }
  }

  @Test("Keys and values are not empty")
  func emptiness() {
    #expect(membershipError() == nil)
    #expect(membershipError(key: []) == .emptyKey)
    #expect(membershipError(value: []) == .emptyValue)
  }

  @Test("The leaf operation is exactly the one of SmtSpec")
  func leafOperation() {
    let zero = Bytes([0])
    let wrong = [
      LeafOp(hash: 2, prehashKey: 1, prehashValue: 1, length: 0, prefix: zero),
      LeafOp(hash: 1, prehashKey: 0, prehashValue: 1, length: 0, prefix: zero),
      LeafOp(hash: 1, prehashKey: 1, prehashValue: 0, length: 0, prefix: zero),
      LeafOp(hash: 1, prehashKey: 1, prehashValue: 1, length: 1, prefix: zero),
      LeafOp(hash: 1, prehashKey: 1, prehashValue: 1, length: 0, prefix: Bytes([])),
      LeafOp(hash: 1, prehashKey: 1, prehashValue: 1, length: 0, prefix: Bytes([0, 0]))
    ]
    for leaf in wrong { #expect(membershipError(leaf: leaf) == .wrongLeafOperation) }
  }

  @Test("Inner operations are exactly those of SmtSpec, and at most 256")
  func innerOperations() {
    let sibling = [UInt8](repeating: 5, count: 32)
    let wrong = [
      InnerOp(hash: 0, prefix: Bytes([1]), suffix: Bytes(sibling)),
      InnerOp(hash: 1, prefix: Bytes([0]), suffix: Bytes(sibling)),
      InnerOp(hash: 1, prefix: Bytes([]), suffix: Bytes(sibling)),
      InnerOp(hash: 1, prefix: Bytes([1]), suffix: Bytes([])),
      InnerOp(hash: 1, prefix: Bytes([1]), suffix: Bytes(sibling + [5])),
      InnerOp(hash: 1, prefix: Bytes([1]), suffix: Bytes(sibling + sibling)),
      InnerOp(hash: 1, prefix: Bytes([1] + sibling.dropLast()), suffix: Bytes([])),
      InnerOp(hash: 1, prefix: Bytes([1] + sibling), suffix: Bytes(sibling)),
      InnerOp(hash: 1, prefix: Bytes([1, 5]), suffix: Bytes([UInt8](sibling.dropLast())))
    ]
    for operation in wrong {
      #expect(membershipError(path: [existence[1].path[0], operation]) == .wrongInnerOperation(step: 1))
    }
    let right = InnerOp(hash: 1, prefix: Bytes([1] + sibling), suffix: Bytes([]))
    #expect(membershipError(path: Array(repeating: right, count: 256)) == .wrongRoot)
    #expect(membershipError(path: Array(repeating: right, count: 257)) == .tooDeep(steps: 257))
  }

  @Test("Neighbours are valid, on their sides, and next to each other")
  func neighbours() {
    let (first, second, third) = (existence[0], existence[1], existence[2])
    #expect(absenceError(left: first, right: second) == nil)
    #expect(absenceError(left: nil, right: nil) == .noNeighbours)
    #expect(absenceError(named: absentKey, left: first, right: second) == .wrongKey)
    #expect(absenceError(left: first, right: nil) == .missingNeighbour(.right))
    #expect(absenceError(left: nil, right: second) == .missingNeighbour(.left))
    #expect(absenceError(left: first, right: third) == .notAdjacent)
    #expect(absenceError(left: second, right: third) == .misplaced(.left))
    #expect(absenceError(left: first, right: first) == .misplaced(.right))
    #expect(absenceError(of: entries[0].key, left: first, right: second) == .misplaced(.left))
    #expect(absenceError(of: entries[1].key, left: first, right: second) == .misplaced(.right))
    let broken = ExistenceProof(key: first.key, value: third.value, leaf: first.leaf, path: first.path)
    #expect(absenceError(left: broken, right: second) == .neighbour(.left, .wrongRoot))
  }
}

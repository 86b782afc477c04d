public import Cryptography
internal import Encoding

extension CommitmentProof {
  /// Throws unless the proof shows that `key` has exactly `value` under `root`.
  public func verifyMembership(key: [UInt8], value: [UInt8], root: Digest) throws(ProofError) {
    guard let existence else { throw .notMembership }
    guard existence.key.array == key else { throw .wrongKey }
    guard existence.value.array == value else { throw .wrongValue }
    _ = try existence.steps(to: root)
  }

  /// Throws unless the proof shows that `key` has no value under `root`.
  public func verifyNonMembership(key: [UInt8], root: Digest) throws(ProofError) {
    guard let nonexistence else { throw .notNonMembership }
    try nonexistence.verify(key: key, root: root)
  }
}

extension ExistenceProof {
  /// A path has 256 bits, so no leaf lies deeper.
  static let maximumSteps = 256

  /// The steps from the leaf, once they are known to lead to `root`.
  func steps(to root: Digest) throws(ProofError) -> [ProofStep] {
    guard !key.array.isEmpty else { throw .emptyKey }
    guard !value.array.isEmpty else { throw .emptyValue }
    guard leaf == .sparseMerkleTree else { throw .wrongLeafOperation }
    guard path.count <= Self.maximumSteps else { throw .tooDeep(steps: path.count) }
    var steps: [ProofStep] = []
    var hash = NodeHash.leaf(Digest(of: key.array), Digest(of: value.array))
    for (index, operation) in path.enumerated() {
      guard let step = operation.step else { throw .wrongInnerOperation(step: index) }
      steps.append(step)
      hash = step.parent(of: hash)
    }
    guard hash == root else { throw .wrongRoot }
    return steps
  }
}

extension NonExistenceProof {
  fileprivate func verify(key: [UInt8], root: Digest) throws(ProofError) {
    let path = Digest(of: key)
    guard self.key.array == path.bytes else { throw .wrongKey }
    let leftSteps = try steps(of: left, on: .left, to: root)
    let rightSteps = try steps(of: right, on: .right, to: root)
    // Paths are compared, not keys: the tree is ordered by them.
    if let left, Digest(of: left.key.array) >= path { throw .misplaced(.left) }
    if let right, Digest(of: right.key.array) <= path { throw .misplaced(.right) }
    try verifyAdjacent(leftSteps, rightSteps)
  }

  private func steps(
    of proof: ExistenceProof?, on side: Side, to root: Digest
  ) throws(ProofError) -> [ProofStep]? {
    guard let proof else { return nil }
    do throws(ProofError) { return try proof.steps(to: root) } catch { throw .neighbour(side, error) }
  }

  /// Throws unless no leaf lies between the two, or beyond the one that is there.
  private func verifyAdjacent(_ left: [ProofStep]?, _ right: [ProofStep]?) throws(ProofError) {
    switch (left, right) {
    case (nil, nil): throw .noNeighbours
    case (let left?, nil): guard left[...].isOutermost(.right) else { throw .missingNeighbour(.right) }
    case (nil, let right?): guard right[...].isOutermost(.left) else { throw .missingNeighbour(.left) }
    case (let left?, let right?): guard left.isNext(to: right) else { throw .notAdjacent }
    }
  }
}

extension ArraySlice<ProofStep> {
  /// Whether no leaf lies further out on `side`: each step comes from that side, or has nothing there.
  fileprivate func isOutermost(_ side: Side) -> Bool {
    allSatisfy { $0.side == side || $0.sibling == .zero }
  }
}

extension [ProofStep] {
  /// Whether the ways up meet in one inner node, from its left and its right, with no leaf between them below it.
  fileprivate func isNext(to right: [ProofStep]) -> Bool {
    let shared = zip(reversed(), right.reversed()).prefix { $0 == $1 }.count
    let leftBelow = dropLast(shared)
    let rightBelow = right.dropLast(shared)
    guard leftBelow.last?.side == .left, rightBelow.last?.side == .right else { return false }
    return leftBelow.dropLast().isOutermost(.right) && rightBelow.dropLast().isOutermost(.left)
  }
}

/// Why a proof does not show what it should: the first check that failed.
public enum ProofError: Error, Equatable, Sendable {
  case notMembership
  case notNonMembership
  case wrongKey
  case wrongValue
  case emptyKey
  case emptyValue
  case wrongLeafOperation
  case tooDeep(steps: Int)
  /// Counted from the leaf, from zero.
  case wrongInnerOperation(step: Int)
  case wrongRoot
  case noNeighbours
  /// The proof of the neighbour on that side fails.
  indirect case neighbour(Side, ProofError)
  /// The neighbour lies on the other side of the key, or is the key.
  case misplaced(Side)
  /// There are leaves beyond the only neighbour, so the proof would need one on this side too.
  case missingNeighbour(Side)
  /// There are leaves between the two neighbours.
  case notAdjacent
}

extension ProofError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notMembership: "the proof is not one of membership"
    case .notNonMembership: "the proof is not one of non-membership"
    case .wrongKey: "the proof is about another key"
    case .wrongValue: "the proof is about another value"
    case .emptyKey: "the key of a leaf is empty; ICS-23 needs one byte or more"
    case .emptyValue: "the value of a leaf is empty; ICS-23 needs one byte or more"
    case .wrongLeafOperation: "the leaf operation is not the one of SmtSpec"
    case .tooDeep(let steps): "the path has \(steps) steps; at most \(ExistenceProof.maximumSteps) are allowed"
    case .wrongInnerOperation(let step): "step \(step) from the leaf is not an inner operation of SmtSpec"
    case .wrongRoot: "the path leads to another root"
    case .noNeighbours: "the proof names neither a leaf before nor a leaf after the key"
    case .neighbour(let side, let error): "the \(side) neighbour: \(error)"
    case .misplaced(let side): "the \(side) neighbour is not to the \(side) of the key"
    case .missingNeighbour(let side): "there is no \(side) neighbour, though the tree has leaves on that side"
    case .notAdjacent: "the tree has leaves between the two neighbours"
    }
  }
}

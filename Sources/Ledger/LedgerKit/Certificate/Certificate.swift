public import Cryptography
public import Encoding

/// What certifies a header of the ledger where many machines agree: the engine's next header, which carries the state root, and the
/// signatures of the validators who agreed on it.
public struct Certificate: Record {
  public static let schema = Schema(
    "Certificate",
    "The engine's header that carries a state root, and the signatures of the validators who agreed on it.",
    Certificate.init,
    Field(1, "header", \.header, "The engine's header of the next height, whose app hash is the state root."),
    Field(2, "round", \.round, "Round in which it was decided."),
    Field(3, "block", \.block, "How the votes name the block."),
    Field(4, "validators", \.validators, "Who could vote, in the engine's order."),
    Field(5, "votes", \.votes, "What they signed, one for each validator."))

  public let header: EngineHeader
  public let round: UInt32
  public let block: BlockReference
  public let validators: [ValidatorPower]
  public let votes: [CertificateVote]

  public init(
    header: EngineHeader, round: UInt32, block: BlockReference, validators: [ValidatorPower], votes: [CertificateVote]
  ) {
    self.header = header
    self.round = round
    self.block = block
    self.validators = validators
    self.votes = votes
  }
}

/// One validator's vote for the block; no signature where it did not vote for it.
public struct CertificateVote: Record {
  public static let schema = Schema(
    "CertificateVote", "One validator's vote for a block; no signature where it did not vote for it.",
    CertificateVote.init,
    Field(1, "time", \.time, "When it says that it voted."),
    Field(2, "signature", \.signature, "Its signature."))

  public let time: EngineTime
  public let signature: Signature?

  public init(time: EngineTime, signature: Signature?) {
    self.time = time
    self.signature = signature
  }
}

/// Why a certificate does not certify a header.
public struct CertificateError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Path of the part that is wrong: `header.app`.
  public let part: String
  public let detail: String

  public var description: String { "\(part): \(detail)" }
}

/// Who stands behind a certificate.
public struct Quorum: Equatable, Sendable {
  /// CometBFT's hash of the validator set.
  public let validators: Digest
  /// Voting power of those who signed, and of all.
  public let signed: UInt64
  public let total: UInt64
}

public import Cryptography
public import Encoding

/// What a consensus engine reports of its validators with a block, beside the transactions; nothing where one process sequences.
public struct EngineReport: Record {
  public static let schema = Schema(
    "EngineReport", "What a consensus engine reports of its validators with a block, beside the transactions.",
    EngineReport.init,
    Field(1, "proposer", \.proposer, "Validator that proposed the block."),
    Field(2, "votes", \.votes, "Whether each validator signed the block before."),
    Field(3, "faults", \.faults, "Faults of which the block contains a proof that the engine checked."))

  public let proposer: ConsensusAddress?
  public let votes: [CommitVote]
  public let faults: [Fault]

  public init(proposer: ConsensusAddress? = nil, votes: [CommitVote] = [], faults: [Fault] = []) {
    self.proposer = proposer
    self.votes = votes
    self.faults = faults
  }

  public static let none = EngineReport()

  /// What the results of a block name it by; `nil` where it says nothing.
  public var digest: Digest? { self == .none ? nil : Digest(of: encoded) }
}

/// What one validator did when the block before was signed.
public struct CommitVote: Record {
  public static let schema = Schema(
    "CommitVote", "What one validator did when the block before was signed.", CommitVote.init,
    Field(1, "validator", \.validator, "Validator that could sign."),
    Field(2, "power", \.power, "Its voting power then."),
    Field(3, "hasSigned", \.hasSigned, "Whether its signature was there in time."))

  public let validator: ConsensusAddress
  public let power: UInt64
  public let hasSigned: Bool

  public init(validator: ConsensusAddress, power: UInt64, hasSigned: Bool) {
    self.validator = validator
    self.power = power
    self.hasSigned = hasSigned
  }
}

/// A proven fault of a validator.
public struct Fault: Record {
  public static let schema = Schema(
    "Fault", "A proven fault of a validator.", Fault.init,
    Field(1, "kind", \.kind, "What it did."),
    Field(2, "validator", \.validator, "Validator that did it."),
    Field(3, "power", \.power, "Its voting power then."),
    Field(4, "height", \.height, "Height of the block at which it did it."),
    Field(5, "time", \.time, "Time of that block, in milliseconds since the Unix epoch."))

  /// What a validator did.
  public enum Kind: UInt32, Enumeration {
    case duplicateVote = 1
    case lightClientAttack = 2

    public static let name = "FaultKind"
    public static let doc = "What a validator did: it signed two blocks of one height, or deceived light clients."
  }

  public let kind: Kind
  public let validator: ConsensusAddress
  public let power: UInt64
  public let height: UInt64
  public let time: Timestamp

  public init(kind: Kind, validator: ConsensusAddress, power: UInt64, height: UInt64, time: Timestamp) {
    self.kind = kind
    self.validator = validator
    self.power = power
    self.height = height
    self.time = time
  }
}

/// What a consensus engine is told of one validator.
public struct ValidatorPower: Record {
  public static let schema = Schema(
    "ValidatorPower", "What a consensus engine is told of one validator.", ValidatorPower.init,
    Field(1, "key", \.key, "Ed25519 public key that the validator signs blocks with."),
    Field(2, "power", \.power, "Its voting power from now on; zero when it is no longer a validator."))

  public let key: PublicKey
  public let power: UInt64

  public init(key: PublicKey, power: UInt64) {
    self.key = key
    self.power = power
  }
}

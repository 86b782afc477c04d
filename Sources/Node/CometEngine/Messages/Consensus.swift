internal import Cryptography
internal import Encoding
internal import LedgerKit

/// What validators agree on how to agree; a part that is missing stays as it is.
struct ConsensusParameters: Record {
  static let schema = Schema(
    "ConsensusParameters", "What validators agree on how to agree; a part that is missing stays as it is.",
    ConsensusParameters.init,
    Field(1, "block", \.block, "Limits of a block."),
    Field(2, "evidence", \.evidence, "Which evidence of faults is taken."),
    Field(3, "keys", \.keys, "Which keys validators may have."),
    Field(4, "version", \.version, "Version of the application's rules."),
    Field(5, "extensions", \.extensions, "From when on votes carry data."))

  let block: BlockLimits?
  let evidence: EvidenceLimits?
  let keys: KeyKinds?
  let version: RulesVersion?
  let extensions: VoteExtensions?

  struct BlockLimits: Record {
    static let schema = Schema(
      "BlockLimits", "Limits of a block.", BlockLimits.init,
      Field(1, "maximumBytes", \.maximumBytes, "Bytes of a block at the most, header and signatures included."),
      Field(2, "maximumGas", \.maximumGas, "Not used; -1, as two's complement, for no limit."))

    let maximumBytes: UInt64
    let maximumGas: UInt64
  }

  struct EvidenceLimits: Record {
    static let schema = Schema(
      "EvidenceLimits", "Which evidence of faults is taken.", EvidenceLimits.init,
      Field(1, "maximumAgeBlocks", \.maximumAgeBlocks, "Blocks after the fault."),
      Field(2, "maximumAge", \.maximumAge, "Time after the fault; evidence is too old when both have passed."),
      Field(3, "maximumBytes", \.maximumBytes, "Bytes of evidence in a block."))

    let maximumAgeBlocks: UInt64
    let maximumAge: EngineTime?
    let maximumBytes: UInt64
  }

  struct KeyKinds: Record {
    static let schema = Schema(
      "KeyKinds", "Which keys validators may have.", KeyKinds.init, Field(1, "names", \.names, "Names of the kinds."))

    let names: [String]
  }

  struct RulesVersion: Record {
    static let schema = Schema(
      "RulesVersion", "Version of the application's rules.", RulesVersion.init,
      Field(1, "number", \.number, "The version."))

    let number: UInt64
  }

  struct VoteExtensions: Record {
    static let schema = Schema(
      "VoteExtensions", "From when on votes carry data.", VoteExtensions.init,
      Field(1, "firstHeight", \.firstHeight, "The first such height; 0 for never."))

    let firstHeight: UInt64
  }
}

/// A validator's key and power.
struct ValidatorUpdate: Record {
  static let schema = Schema(
    "ValidatorUpdate", "A validator's key and power.", ValidatorUpdate.init,
    Field(1, "key", \.key, "The key that it signs blocks with."),
    Field(2, "power", \.power, "Its voting power; 0 when it leaves."))

  let key: ConsensusKey?
  let power: UInt64

  init(key: ConsensusKey?, power: UInt64) {
    self.key = key
    self.power = power
  }

  init(_ validator: ValidatorPower) {
    self.init(key: ConsensusKey(ed25519: Bytes(validator.key.bytes)), power: validator.power)
  }
}

struct ConsensusKey: Record {
  static let schema = Schema(
    "ConsensusKey", "A key that blocks are signed with.", ConsensusKey.init,
    Field(1, "ed25519", \.ed25519, "An Ed25519 public key; missing where it is of another kind."))

  let ed25519: Bytes?
}

/// Who signed a block.
struct CommitInformation: Record {
  static let schema = Schema(
    "CommitInformation", "Who signed a block.", CommitInformation.init,
    Field(1, "round", \.round, "Round in which it was decided."),
    Field(2, "votes", \.votes, "One for each validator."))

  let round: UInt32
  let votes: [VoteInformation]
}

struct VoteInformation: Record {
  static let schema = Schema(
    "VoteInformation", "What one validator voted.", VoteInformation.init,
    Field(1, "validator", \.validator, "The validator."),
    Field(3, "flag", \.flag, "1 where it did not vote, 2 for the block, 3 for none."))

  let validator: ValidatorInformation?
  let flag: UInt32

  /// A validator that did not vote.
  static let absent: UInt32 = 1
}

struct ValidatorInformation: Record {
  static let schema = Schema(
    "ValidatorInformation", "A validator and its power.", ValidatorInformation.init,
    Field(1, "address", \.address, "The first 20 bytes of the SHA-256 of its key."),
    Field(3, "power", \.power, "Its voting power."))

  let address: Bytes
  let power: UInt64
}

/// A fault of a validator, of which the engine has checked the proof.
struct Misbehavior: Record {
  static let schema = Schema(
    "Misbehavior", "A fault of a validator, of which the engine has checked the proof.", Misbehavior.init,
    Field(1, "kind", \.kind, "1 for two votes of one height, 2 for an attack on light clients."),
    Field(2, "validator", \.validator, "The validator, with its power then."),
    Field(3, "height", \.height, "Height at which it happened."),
    Field(4, "time", \.time, "Time of the block of that height."),
    Field(5, "totalPower", \.totalPower, "Voting power of all validators then."))

  let kind: UInt32
  let validator: ValidatorInformation?
  let height: UInt64
  let time: EngineTime?
  let totalPower: UInt64
}

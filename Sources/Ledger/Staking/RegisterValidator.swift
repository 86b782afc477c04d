public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Makes the sender the operator of a validator, with a key that signs blocks and stake of its own.
public struct RegisterValidator: Transaction {
  public static let code: UInt32 = 201
  public static let schema = Schema(
    "RegisterValidator",
    "Make the sender the operator of a validator, with a key that signs blocks and stake of its own.",
    RegisterValidator.init,
    Field(1, "consensusKey", \.consensusKey, "Ed25519 public key that signs blocks; no validator ever had it."),
    Field(
      2, "proof", \.proof,
      "Signature by the consensus key of the registration domain, the chain id and the sender's 20 bytes."),
    Field(3, "name", \.name, "What people call it; 1 to 60 bytes."),
    Field(
      4, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of the rewards that the operator keeps, in hundredths of a percent."),
    Field(
      5, "maximumDailyChangeBasisPoints", \.maximumDailyChangeBasisPoints,
      "Most that the commission changes in 24 hours, in hundredths of a percent; it never changes itself."),
    Field(6, "selfBond", \.selfBond, "The operator's own stake, in nano-CPTM; at least the network's minimum."))

  public let consensusKey: PublicKey
  public let proof: Signature
  public let name: String
  public let commissionBasisPoints: UInt32
  public let maximumDailyChangeBasisPoints: UInt32
  public let selfBond: Amount

  public init(
    consensusKey: PublicKey, proof: Signature, name: String, commissionBasisPoints: UInt32,
    maximumDailyChangeBasisPoints: UInt32, selfBond: Amount
  ) {
    self.consensusKey = consensusKey
    self.proof = proof
    self.name = name
    self.commissionBasisPoints = commissionBasisPoints
    self.maximumDailyChangeBasisPoints = maximumDailyChangeBasisPoints
    self.selfBond = selfBond
  }

  /// A registration of `account` with `key`, with the proof that its owner has it.
  public init(
    of account: Address, on chain: String, with key: PrivateKey, name: String, commissionBasisPoints: UInt32,
    maximumDailyChangeBasisPoints: UInt32, selfBond: Amount
  ) {
    self.init(
      consensusKey: key.publicKey, proof: key.sign(Self.bytesToSign(account: account, chain: chain)), name: name,
      commissionBasisPoints: commissionBasisPoints, maximumDailyChangeBasisPoints: maximumDailyChangeBasisPoints,
      selfBond: selfBond)
  }

  static func bytesToSign(account: Address, chain: String) -> [UInt8] {
    Array("conductor-relay/register-validator/v1\n\(chain)\n".utf8) + account.bytes
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let message = Self.bytesToSign(account: context.sender, chain: context.chain)
    guard consensusKey.verifies(proof, of: message) else {
      throw Staking.reject(
        .proofOfKeyFails,
        "sign \"conductor-relay/register-validator/v1\\n\(context.chain)\\n\" followed by the address's 20 bytes with "
          + "the consensus key")
    }
    let validator = Validator(
      consensusKey: consensusKey, name: name, commissionBasisPoints: commissionBasisPoints,
      maximumDailyChangeBasisPoints: maximumDailyChangeBasisPoints, at: context.moment)
    try Staking.register(validator, of: context.sender, bonding: selfBond, in: &state)
    state.emit(
      ValidatorRegistered(
        validator: context.sender, consensusKey: consensusKey, name: name,
        commissionBasisPoints: commissionBasisPoints, selfBond: selfBond))
  }

  /// A sensible one but for the key, which only its owner can prove.
  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> RegisterValidator {
    RegisterValidator(
      consensusKey: .sample(&random), proof: .sample(&random), name: "simulated",
      commissionBasisPoints: UInt32(random.below(2_000)), maximumDailyChangeBasisPoints: UInt32(random.below(500)),
      selfBond: Staking.someAmount(&random, of: sender, in: state))
  }
}

extension Staking {
  /// Bytes that a validator's name has at the most.
  static let maximumNameBytes = 60

  /// Adds a validator whose operator bonds its own stake.
  static func register(
    _ validator: Validator, of address: Address, bonding selfBond: Amount, in state: inout State
  ) throws(Rejection) {
    try requireName(validator.name)
    try requireCommission(validator)
    guard state[validators, address] == nil else {
      throw reject(.alreadyRegistered, "\(address) operates a validator; use another account for another one")
    }
    let key = ConsensusAddress(validator.consensusKey)
    guard state[consensusAddresses, key] == nil else {
      throw reject(.keyTaken, "\(validator.consensusKey) is known; every validator has a new key")
    }
    let minimum = parameters(in: state).minimumSelfBond
    guard selfBond >= minimum else {
      throw reject(.selfBondTooLow, "the self-bond is \(selfBond); the network asks for \(minimum)")
    }
    state[consensusAddresses, key] = address
    save(validator, of: address, in: &state)
    try bond(selfBond, of: address, with: address, in: &state)
  }

  static func requireName(_ name: String) throws(Rejection) {
    guard (1...maximumNameBytes).contains(name.utf8.count) else {
      throw reject(.invalidName, "the name has \(name.utf8.count) bytes; 1 to \(maximumNameBytes) are taken")
    }
  }

  private static func requireCommission(_ validator: Validator) throws(Rejection) {
    for part in [validator.commissionBasisPoints, validator.maximumDailyChangeBasisPoints] where part > 10_000 {
      throw reject(.invalidCommission, "\(part) hundredths of a percent; at most 10000 are possible")
    }
  }
}

/// A validator was registered.
public struct ValidatorRegistered: Event {
  public static let code: UInt32 = 251
  public static let schema = Schema(
    "ValidatorRegistered", "A validator was registered.", ValidatorRegistered.init,
    Field(1, "validator", \.validator, "Account that operates it."),
    Field(2, "consensusKey", \.consensusKey, "Key that signs blocks."),
    Field(3, "name", \.name, "What people call it."),
    Field(
      4, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of the rewards that the operator keeps, in hundredths of a percent."),
    Field(5, "selfBond", \.selfBond, "The operator's own stake, in nano-CPTM."))

  public let validator: Address
  public let consensusKey: PublicKey
  public let name: String
  public let commissionBasisPoints: UInt32
  public let selfBond: Amount

  public var accounts: [Address] { [validator] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// A validator that a network begins with.
public struct GenesisValidator: Record {
  public static let schema = Schema(
    "GenesisValidator", "A validator that a network begins with.", GenesisValidator.init,
    Field(1, "account", \.account, "Account that operates it, which has the self-bond at genesis."),
    Field(2, "consensusKey", \.consensusKey, "Ed25519 public key that signs blocks."),
    Field(3, "name", \.name, "What people call it; 1 to 60 bytes."),
    Field(
      4, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of the rewards that the operator keeps, in hundredths of a percent."),
    Field(
      5, "maximumDailyChangeBasisPoints", \.maximumDailyChangeBasisPoints,
      "Most that the commission changes in 24 hours, in hundredths of a percent."),
    Field(6, "selfBond", \.selfBond, "The operator's own stake, in nano-CPTM; at least the network's minimum."))

  public let account: Address
  public let consensusKey: PublicKey
  public let name: String
  public let commissionBasisPoints: UInt32
  public let maximumDailyChangeBasisPoints: UInt32
  public let selfBond: Amount

  public init(
    account: Address, consensusKey: PublicKey, name: String, commissionBasisPoints: UInt32,
    maximumDailyChangeBasisPoints: UInt32, selfBond: Amount
  ) {
    self.account = account
    self.consensusKey = consensusKey
    self.name = name
    self.commissionBasisPoints = commissionBasisPoints
    self.maximumDailyChangeBasisPoints = maximumDailyChangeBasisPoints
    self.selfBond = selfBond
  }
}

/// First validators, parameters and the emission of the staking module.
public struct StakingGenesis: GenesisRecord {
  public static let code: UInt32 = 200
  public static let schema = Schema(
    "StakingGenesis", "First validators, parameters and the emission of the staking module.", StakingGenesis.init,
    Field(1, "parameters", \.parameters, "What validators must do and what they risk."),
    Field(2, "emission", \.emission, "What blocks create as rewards, beside the fees."),
    Field(
      3, "validators", \.validators, "Validators that form the first active set; nobody where one process sequences."))

  public let parameters: StakingParameters
  public let emission: EmissionSchedule
  public let validators: [GenesisValidator]

  public init(
    parameters: StakingParameters = .standard, emission: EmissionSchedule = .none, validators: [GenesisValidator] = []
  ) {
    self.parameters = parameters
    self.emission = emission
    self.validators = validators
  }

  public static let standard = StakingGenesis()
}

extension Staking {
  public static func begin(_ genesis: StakingGenesis, in state: inout State) throws(Rejection) {
    try genesis.parameters.validate()
    try genesis.emission.validate()
    state[parameters, Only()] = genesis.parameters
    if genesis.emission != .none { state[emission, Only()] = genesis.emission }
    for validator in genesis.validators { try register(validator, in: &state) }
    elect(at: 0, in: &state)
  }

  private static func register(_ validator: GenesisValidator, in state: inout State) throws(Rejection) {
    let first = Validator(
      consensusKey: validator.consensusKey, name: validator.name,
      commissionBasisPoints: validator.commissionBasisPoints,
      maximumDailyChangeBasisPoints: validator.maximumDailyChangeBasisPoints,
      at: Moment(height: 0, time: Timestamp(milliseconds: 0)))
    try register(first, of: validator.account, bonding: validator.selfBond, in: &state)
  }

  static func parameters(in state: borrowing State) -> StakingParameters { state[parameters, Only()] ?? .standard }

  static func emission(in state: borrowing State) -> EmissionSchedule { state[emission, Only()] ?? .none }
}

internal import Cryptography
public import LedgerKit
public import StateTree

/// Delegated proof of stake: who validates is decided by the stake behind them, and misbehaviour costs that stake.
public enum Staking: Module {
  public static let number: UInt8 = 2
  public static let name = "staking"
  public static let transactions: [any Transaction.Type] = [
    RegisterValidator.self, EditValidator.self, Bond.self, Unbond.self, Redelegate.self, CollectRewards.self,
    CollectCommission.self, Unjail.self
  ]
  public static let queries: [any Query.Type] = [
    ValidatorOf.self, ValidatorsOf.self, DelegationsOf.self, UnbondingsOf.self, RewardsOf.self, SigningRecordOf.self,
    StakeOf.self
  ]
  public static let events: [any Event.Type] = [
    ValidatorRegistered.self, ValidatorEdited.self, Bonded.self, UnbondingStarted.self, StakeReturned.self,
    Redelegated.self, RedelegationEnded.self, RewardsCollected.self, CommissionCollected.self, Unjailed.self,
    Jailed.self, Slashed.self, RewardsDistributed.self
  ]
  public static let tables: [any TableDescription] = [
    parameters, emission, validators, consensusAddresses, ranking, delegations, unbondings, unbondingsByOwner,
    redelegations, slashes, activeSet, powerChanges, signingRecords
  ]
  public static let invariants = [
    vaultsInvariant, sharesInvariant, rewardsInvariant, rankingInvariant, activeSetInvariant, queuesInvariant
  ]

  public enum Reason: UInt32, RejectionReason {
    public static let module = Staking.name

    case unknownValidator = 1
    case alreadyRegistered = 2
    case keyTaken = 3
    case proofOfKeyFails = 4
    case invalidName = 5
    case invalidCommission = 6
    case commissionChangeTooLarge = 7
    case commissionChangeTooSoon = 8
    case selfBondTooLow = 9
    case belowMinimum = 10
    case worthlessShares = 11
    case tooManyShares = 12
    case insufficientStake = 13
    case stakeLocked = 14
    case sameValidator = 15
    case nothingToCollect = 16
    case notJailed = 17
    case stillJailed = 18
    case tombstoned = 19
    case notActive = 20
    case invalidGenesis = 21
  }

  static let parameters = Table<Only, StakingParameters>(number, 1, "staking/parameters")
  static let emission = Table<Only, EmissionSchedule>(number, 2, "staking/emission")
  static let validators = Table<Address, Validator>(number, 3, "staking/validators")
  /// Operators by the names that engines give their keys; a key stays its operator's for ever.
  static let consensusAddresses = Table<ConsensusAddress, Address>(number, 4, "staking/consensusAddresses")
  /// Every validator once, in the order in which they are elected.
  static let ranking = Table<Rank, Bool>(number, 5, "staking/ranking")
  /// Under the delegator, then the operator.
  static let delegations = Table<Pair<Address, Address>, Delegation>(number, 6, "staking/delegations")
  /// Under the height at which they mature.
  static let unbondings = Table<Maturity, Unbonding>(number, 7, "staking/unbondings")
  static let unbondingsByOwner = Table<Pair<Address, Maturity>, Bool>(number, 8, "staking/unbondingsByOwner")
  /// Under the height at which they end.
  static let redelegations = Table<Maturity, Redelegation>(number, 9, "staking/redelegations")
  /// Under the operator, then their number.
  static let slashes = Table<Pair<Address, UInt64>, Slash>(number, 10, "staking/slashes")
  /// What the engine was last told of each validator, under its operator.
  static let activeSet = Table<Address, ValidatorPower>(number, 11, "staking/activeSet")
  static let powerChanges = Table<Only, PowerChanges>(number, 12, "staking/powerChanges")
  static let signingRecords = Table<Address, SigningRecord>(number, 13, "staking/signingRecords")

  /// The tokens behind all shares.
  static let bondedVault = Address(module: "staking/bonded")
  /// The tokens that wait for the end of their unbonding.
  static let unbondingVault = Address(module: "staking/unbonding")
  /// Rewards and commissions that were not collected yet.
  static let rewardsVault = Address(module: "staking/rewards")
}

/// When something matures, and its id.
typealias Maturity = Pair<UInt64, Identifier>

extension Staking.Reason {
  public var doc: String {
    switch self {
    case .unknownValidator: "There is no such validator."
    case .alreadyRegistered: "The account operates a validator already."
    case .keyTaken: "The consensus key is, or was, another validator's."
    case .proofOfKeyFails: "The consensus key did not sign the proof that the operator has it."
    case .invalidName: "The name is empty or too long."
    case .invalidCommission: "A commission, or a change of it, cannot be above 100 %."
    case .commissionChangeTooLarge: "The commission would change by more than its operator promised."
    case .commissionChangeTooSoon: "The commission changed less than 24 hours ago."
    case .selfBondTooLow: "The operator's own stake is below the network's minimum."
    case .belowMinimum: "The amount is below the network's minimum, and not all there is."
    case .worthlessShares: "Everything behind the validator's shares was slashed; it takes no more stake."
    case .tooManyShares: "The validator would have more shares than fit in 64 bits."
    case .insufficientStake: "The account has less stake with the validator."
    case .stakeLocked: "Part of the stake was redelegated to the validator and is locked there for the unbonding time."
    case .sameValidator: "Source and target are the same validator."
    case .nothingToCollect: "Nothing was earned since the last collection."
    case .notJailed: "The validator is not jailed."
    case .stillJailed: "The validator's time in jail has not passed."
    case .tombstoned: "The validator signed two blocks of one height; it never returns."
    case .notActive: "The validator is not in the active set."
    case .invalidGenesis: "A part of the genesis section lies outside what is possible."
    }
  }
}

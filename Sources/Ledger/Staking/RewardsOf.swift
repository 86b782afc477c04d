public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// What an account can collect from one validator.
public struct PendingRewards: Record {
  public static let schema = Schema(
    "PendingRewards", "What an account can collect from one validator.", PendingRewards.init,
    Field(1, "rewards", \.rewards, "Rewards of its stake, in nano-CPTM."),
    Field(2, "commission", \.commission, "Commission, in nano-CPTM; zero but for the operator."))

  public let rewards: Amount
  public let commission: Amount
}

/// What an account can collect from one validator.
public struct RewardsOf: Query {
  public static let schema = Schema(
    "RewardsOf", "What an account can collect from one validator.", RewardsOf.init,
    Field(1, "owner", \.owner, "Account whose stake it is."),
    Field(2, "validator", \.validator, "Operator of the validator."))

  public let owner: Address
  public let validator: Address

  public init(owner: Address, validator: Address) {
    self.owner = owner
    self.validator = validator
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> PendingRewards {
    let found = try Staking.validator(validator, in: state)
    return PendingRewards(
      rewards: Staking.settledDelegation(of: owner, with: validator, found, in: state).rewards,
      commission: owner == validator ? found.commission : .zero)
  }
  public var evidence: [[UInt8]] {
    [Staking.delegations.path(Pair(owner, validator)), Staking.validators.path(validator)]
  }
}

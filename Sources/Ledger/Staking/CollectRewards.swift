public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Pays the sender what its stake with a validator has earned.
public struct CollectRewards: Transaction {
  public static let code: UInt32 = 206
  public static let schema = Schema(
    "CollectRewards", "Pay the sender what its stake with a validator has earned.", CollectRewards.init,
    Field(1, "validator", \.validator, "Operator of the validator."))

  public let validator: Address

  public init(validator: Address) { self.validator = validator }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let found = try Staking.validator(validator, in: state)
    var delegation = Staking.settledDelegation(of: context.sender, with: validator, found, in: state)
    let rewards = delegation.rewards
    guard rewards > .zero else {
      throw Staking.reject(.nothingToCollect, "the stake with \(validator) has earned nothing since the last time")
    }
    delegation.rewards = .zero
    Staking.save(delegation, of: context.sender, with: validator, in: &state)
    Money.withdraw(rewards, from: Staking.rewardsVault, to: context.sender, in: &state)
    state.emit(RewardsCollected(delegator: context.sender, validator: validator, amount: rewards))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> CollectRewards {
    CollectRewards(validator: Staking.someStake(&random, of: sender, in: state).validator)
  }
}

/// Rewards of stake were paid.
public struct RewardsCollected: Event {
  public static let code: UInt32 = 258
  public static let schema = Schema(
    "RewardsCollected", "Rewards of stake were paid.", RewardsCollected.init,
    Field(1, "delegator", \.delegator, "Account that was paid."),
    Field(2, "validator", \.validator, "Validator that its stake earned them with."),
    Field(3, "amount", \.amount, "Amount paid, in nano-CPTM."))

  public let delegator: Address
  public let validator: Address
  public let amount: Amount

  public var accounts: [Address] { [delegator] }
}

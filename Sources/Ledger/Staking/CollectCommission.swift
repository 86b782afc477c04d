public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Pays the sender the commission that its validator has earned.
public struct CollectCommission: Transaction {
  public static let code: UInt32 = 207
  public static let schema = Schema(
    "CollectCommission", "Pay the sender the commission that its validator has earned.", CollectCommission.init)

  public init() {}

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var validator = try Staking.validator(context.sender, in: state)
    let commission = validator.commission
    guard commission > .zero else {
      throw Staking.reject(.nothingToCollect, "the validator has earned no commission since the last time")
    }
    validator.commission = .zero
    Staking.save(validator, of: context.sender, in: &state)
    Money.withdraw(commission, from: Staking.rewardsVault, to: context.sender, in: &state)
    state.emit(CommissionCollected(validator: context.sender, amount: commission))
  }
}

/// A commission was paid.
public struct CommissionCollected: Event {
  public static let code: UInt32 = 259
  public static let schema = Schema(
    "CommissionCollected", "A commission was paid.", CommissionCollected.init,
    Field(1, "validator", \.validator, "Operator that was paid."),
    Field(2, "amount", \.amount, "Amount paid, in nano-CPTM."))

  public let validator: Address
  public let amount: Amount

  public var accounts: [Address] { [validator] }
}

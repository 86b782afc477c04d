public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Takes stake of the sender from a validator; it returns after the unbonding time, less what slashes for earlier faults cost.
public struct Unbond: Transaction {
  public static let code: UInt32 = 204
  public static let schema = Schema(
    "Unbond",
    "Take stake of the sender from a validator; it returns after the unbonding time, less what slashes for earlier faults cost.",
    Unbond.init,
    Field(1, "validator", \.validator, "Operator of the validator."),
    Field(
      2, "amount", \.amount,
      "Amount to take, in nano-CPTM; at least the network's minimum, or all that is not locked."))

  public let validator: Address
  public let amount: Amount

  public init(validator: Address, amount: Amount) {
    self.validator = validator
    self.amount = amount
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let taken = try Staking.take(amount, of: context.sender, from: validator, in: &state)
    Money.move(taken, from: Staking.bondedVault, to: Staking.unbondingVault, in: &state)
    let height = context.moment.height
    let unbonding = Unbonding(
      delegator: context.sender, validator: validator, amount: taken, started: height,
      bondedUntil: Staking.parameters(in: state).bondedUntil(leavingAt: height),
      slashesBefore: Staking.knownValidator(validator, in: state).slashes)
    let matures = Staking.enqueue(unbonding, as: context.newIdentifier, in: &state)
    state.emit(
      UnbondingStarted(
        unbonding: context.newIdentifier, delegator: context.sender, validator: validator, amount: taken,
        matures: matures))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Unbond {
    let (validator, amount) = Staking.someStake(&random, of: sender, in: state)
    return Unbond(validator: validator, amount: amount)
  }
}

/// Stake left a validator.
public struct UnbondingStarted: Event {
  public static let code: UInt32 = 254
  public static let schema = Schema(
    "UnbondingStarted", "Stake left a validator.", UnbondingStarted.init,
    Field(1, "unbonding", \.unbonding, "Id of the unbonding."),
    Field(2, "delegator", \.delegator, "Account whose stake it is."),
    Field(3, "validator", \.validator, "Validator that it left."),
    Field(4, "amount", \.amount, "Amount that left, in nano-CPTM."),
    Field(5, "matures", \.matures, "Height from which it is returned."))

  public let unbonding: Identifier
  public let delegator: Address
  public let validator: Address
  public let amount: Amount
  public let matures: UInt64

  public var accounts: [Address] { [delegator, validator] }
}

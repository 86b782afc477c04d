public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Locks tokens of the sender as stake with a validator, for a part of its rewards and of its risk.
public struct Bond: Transaction {
  public static let code: UInt32 = 203
  public static let schema = Schema(
    "Bond", "Lock tokens of the sender as stake with a validator, for a part of its rewards and of its risk.",
    Bond.init,
    Field(1, "validator", \.validator, "Operator of the validator to bond with."),
    Field(2, "amount", \.amount, "Amount to lock, in nano-CPTM; at least the network's minimum."))

  public let validator: Address
  public let amount: Amount

  public init(validator: Address, amount: Amount) {
    self.validator = validator
    self.amount = amount
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    try Staking.requireMinimum(amount, in: state)
    try Staking.bond(amount, of: context.sender, with: validator, in: &state)
    state.emit(Bonded(delegator: context.sender, validator: validator, amount: amount))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Bond {
    Bond(
      validator: Staking.someValidator(&random, in: state), amount: Staking.someAmount(&random, of: sender, in: state))
  }
}

/// Tokens were locked as stake.
public struct Bonded: Event {
  public static let code: UInt32 = 253
  public static let schema = Schema(
    "Bonded", "Tokens were locked as stake.", Bonded.init,
    Field(1, "delegator", \.delegator, "Account whose tokens they are."),
    Field(2, "validator", \.validator, "Validator that they are bonded with."),
    Field(3, "amount", \.amount, "Amount locked, in nano-CPTM."))

  public let delegator: Address
  public let validator: Address
  public let amount: Amount

  public var accounts: [Address] { [delegator, validator] }
}

extension Staking {
  /// A validator that a random look finds, and a made-up one otherwise.
  static func someValidator(_ random: inout Random, in state: borrowing State) -> Address {
    random.pick(state.rows(of: validators, limit: 16))?.key ?? .sample(&random)
  }

  /// An eighth of what `owner` has, more or less.
  static func someAmount(_ random: inout Random, of owner: Address, in state: borrowing State) -> Amount {
    Amount(nano: Money.account(owner, in: state).available.nano / 8 + UInt64(random.below(1_000)))
  }

  /// A validator that `delegator` has stake with and a part of that, or all of it, when a random look finds one.
  static func someStake(
    _ random: inout Random, of delegator: Address, in state: borrowing State
  ) -> (validator: Address, amount: Amount) {
    guard let (key, delegation) = random.pick(state.rows(of: delegations, under: delegator, limit: 16)) else {
      return (.sample(&random), Amount(nano: 1))
    }
    let worth = knownValidator(key.second, in: state).worth(of: delegation.freeShares)
    return (key.second, random.below(4) == 0 ? worth : Amount(nano: worth.nano / 3 + UInt64(random.below(3))))
  }
}

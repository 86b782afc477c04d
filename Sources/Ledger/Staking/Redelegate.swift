public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Moves stake of the sender to another validator at once; there it is locked for the unbonding time, and answers for both.
public struct Redelegate: Transaction {
  public static let code: UInt32 = 205
  public static let schema = Schema(
    "Redelegate",
    "Move stake of the sender to another validator at once; there it is locked for the unbonding time, and answers for both.",
    Redelegate.init,
    Field(1, "from", \.source, "Operator of the validator to leave."),
    Field(2, "to", \.target, "Operator of the validator to go to."),
    Field(
      3, "amount", \.amount,
      "Amount to move, in nano-CPTM; at least the network's minimum, or all that is not locked."))

  public let source: Address
  public let target: Address
  public let amount: Amount

  public init(from source: Address, to target: Address, amount: Amount) {
    self.source = source
    self.target = target
    self.amount = amount
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    guard source != target else { throw Staking.reject(.sameValidator, "\(source) is source and target") }
    let (sender, height) = (context.sender, context.moment.height)
    let taken = try Staking.take(amount, of: sender, from: source, in: &state)
    let shares = try Staking.add(taken, of: sender, with: target, locked: true, in: &state)
    let parameters = Staking.parameters(in: state)
    let redelegation = Redelegation(
      delegator: sender, source: source, target: target, shares: shares,
      bondedUntil: parameters.bondedUntil(leavingAt: height),
      slashesBefore: Staking.knownValidator(source, in: state).slashes)
    let ends = redelegation.bondedUntil + parameters.unbondingBlocks
    state[Staking.redelegations, Maturity(ends, context.newIdentifier)] = redelegation
    state.emit(
      Redelegated(
        redelegation: context.newIdentifier, delegator: sender, from: source, to: target, amount: taken, ends: ends))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Redelegate {
    let (source, amount) = Staking.someStake(&random, of: sender, in: state)
    return Redelegate(from: source, to: Staking.someValidator(&random, in: state), amount: amount)
  }
}

/// Stake moved from one validator to another.
public struct Redelegated: Event {
  public static let code: UInt32 = 256
  public static let schema = Schema(
    "Redelegated", "Stake moved from one validator to another.", Redelegated.init,
    Field(1, "redelegation", \.redelegation, "Id of the redelegation."),
    Field(2, "delegator", \.delegator, "Account whose stake it is."),
    Field(3, "from", \.from, "Validator that it left."),
    Field(4, "to", \.to, "Validator that it moved to."),
    Field(5, "amount", \.amount, "Amount that moved, in nano-CPTM."),
    Field(6, "ends", \.ends, "Height from which it is free again."))

  public let redelegation: Identifier
  public let delegator: Address
  public let from: Address
  public let to: Address
  public let amount: Amount
  public let ends: UInt64

  public var accounts: [Address] { [delegator, from, to] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Lets the sender's validator be elected again, once its time in jail has passed.
public struct Unjail: Transaction {
  public static let code: UInt32 = 208
  public static let schema = Schema(
    "Unjail", "Let the sender's validator be elected again, once its time in jail has passed.", Unjail.init)

  public init() {}

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var validator = try Staking.validator(context.sender, in: state)
    guard !validator.isTombstoned else {
      throw Staking.reject(.tombstoned, "the validator signed two blocks of one height; it never returns")
    }
    guard let release = validator.jailedUntil else { throw Staking.reject(.notJailed, "the validator is free") }
    guard context.moment.time >= release else {
      throw Staking.reject(.stillJailed, "the validator may leave at \(release.milliseconds)")
    }
    let minimum = Staking.parameters(in: state).minimumSelfBond
    let selfBond = Staking.selfBond(of: context.sender, with: validator, in: state)
    guard selfBond >= minimum else {
      throw Staking.reject(.selfBondTooLow, "the self-bond is worth \(selfBond); the network asks for \(minimum)")
    }
    validator.jailedUntil = nil
    Staking.save(validator, of: context.sender, in: &state)
    state.emit(Unjailed(validator: context.sender))
  }
}

/// A validator may be elected again.
public struct Unjailed: Event {
  public static let code: UInt32 = 260
  public static let schema = Schema(
    "Unjailed", "A validator may be elected again.", Unjailed.init,
    Field(1, "validator", \.validator, "Operator of the validator."))

  public let validator: Address

  public var accounts: [Address] { [validator] }
}

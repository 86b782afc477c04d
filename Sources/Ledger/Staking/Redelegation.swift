public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Stake that moved to another validator, is locked there, and still answers for the faults of the one that it left.
public struct Redelegation: Record, Departure {
  public static let schema = Schema(
    "Redelegation", "Stake that moved to another validator, is locked there, and still answers for the one it left.",
    Redelegation.init,
    Field(1, "delegator", \.delegator, "Account whose stake it is."),
    Field(2, "source", \.source, "Validator that it left."),
    Field(3, "target", \.target, "Validator that it moved to."),
    Field(4, "shares", \.shares, "Shares of the target that it received, which are locked."),
    Field(5, "bondedUntil", \.bondedUntil, "Last height for whose faults of the source it answers."),
    Field(6, "slashesBefore", \.slashesBefore, "Slashes of the source that it paid its part of before it left."))

  public let delegator: Address
  public let source: Address
  public let target: Address
  public let shares: UInt64
  public let bondedUntil: UInt64
  public let slashesBefore: UInt64
}

extension Staking {
  /// Unlocks what was redelegated an unbonding time ago, as far as one block does.
  static func endRedelegations(at height: UInt64, in state: inout State) {
    for (key, redelegation) in due(redelegations, at: height, in: state) {
      state[redelegations, key] = nil
      let burned = unlock(redelegation, in: &state)
      state.emit(
        RedelegationEnded(
          redelegation: key.second, delegator: redelegation.delegator, validator: redelegation.target, burned: burned))
    }
  }

  /// Unlocks the shares, less those that the slashes of the source cost; returns what was destroyed with those.
  private static func unlock(_ redelegation: Redelegation, in state: inout State) -> Amount {
    let (delegator, target) = (redelegation.delegator, redelegation.target)
    var validator = knownValidator(target, in: state)
    var delegation = settledDelegation(of: delegator, with: target, validator, in: state)
    delegation.lockedShares -= redelegation.shares
    let (shares, burned) = penalty(of: redelegation, with: &validator, in: state)
    delegation.shares -= shares
    save(delegation, of: delegator, with: target, in: &state)
    save(validator, of: target, in: &state)
    Money.burn(burned, from: bondedVault, in: &state)
    return burned
  }

  /// What the source's slashes cost of the moved shares as they are worth now: shares and tokens, both rounded up.
  private static func penalty(
    of redelegation: Redelegation, with validator: inout Validator, in state: borrowing State
  ) -> (shares: UInt64, burned: Amount) {
    let worth = validator.worth(of: redelegation.shares)
    let rest = remainder(of: worth, after: redelegation, in: state)
    let lost = worth.remaining(after: rest)
    guard lost > .zero else { return (0, .zero) }
    let shares = rest > .zero ? validator.sharesCovering(lost) : redelegation.shares
    return (shares, validator.redeem(shares, for: lost))
  }
}

/// Redelegated stake is free again.
public struct RedelegationEnded: Event {
  public static let code: UInt32 = 257
  public static let schema = Schema(
    "RedelegationEnded", "Redelegated stake is free again.", RedelegationEnded.init,
    Field(1, "redelegation", \.redelegation, "Id of the redelegation."),
    Field(2, "delegator", \.delegator, "Account whose stake it is."),
    Field(3, "validator", \.validator, "Validator that it moved to."),
    Field(4, "burned", \.burned, "What slashes of the validator that it left took and destroyed, in nano-CPTM."))

  public let redelegation: Identifier
  public let delegator: Address
  public let validator: Address
  public let burned: Amount

  public var accounts: [Address] { [delegator] }
}

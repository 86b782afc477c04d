internal import Cryptography
public import Encoding
public import LedgerKit
internal import Money
internal import StateTree

/// One account's stake with one validator.
public struct Delegation: Record {
  public static let schema = Schema(
    "Delegation", "One account's stake with one validator.", Delegation.init,
    Field(1, "shares", \.shares, "Shares of the validator."),
    Field(2, "lockedShares", \.lockedShares, "Those of them that were redelegated and cannot leave yet."),
    Field(3, "rewardIndex", \.rewardIndex, "The validator's index when the rewards were reckoned last."),
    Field(4, "rewards", \.rewards, "Rewards up to then that were not collected yet, in nano-CPTM."))

  public internal(set) var shares: UInt64
  public internal(set) var lockedShares: UInt64
  public internal(set) var rewardIndex: RewardIndex
  public internal(set) var rewards: Amount

  var freeShares: UInt64 { shares - lockedShares }

  /// All rewards when the validator's index stands at `index`, in nano-CPTM; what the shares earned since is rounded down, and the
  /// remainder stays in the vault.
  func rewards(at index: RewardIndex) -> Amount {
    Amount(nano: rewards.nano + index.rewards(of: shares, since: rewardIndex).nano)
  }
}

extension Staking {
  /// A delegation whose rewards are reckoned up to now: what every change of its shares begins with.
  static func settledDelegation(
    of delegator: Address, with address: Address, _ validator: Validator, in state: borrowing State
  ) -> Delegation {
    let index = validator.rewardIndex
    guard let delegation = state[delegations, Pair(delegator, address)] else {
      return Delegation(shares: 0, lockedShares: 0, rewardIndex: index, rewards: .zero)
    }
    return Delegation(
      shares: delegation.shares, lockedShares: delegation.lockedShares, rewardIndex: index,
      rewards: delegation.rewards(at: index))
  }

  /// Writes a delegation; one without shares and rewards goes.
  static func save(
    _ delegation: Delegation, of delegator: Address, with address: Address, in state: inout State
  ) {
    let isEmpty = delegation.shares == 0 && delegation.rewards == .zero
    state[delegations, Pair(delegator, address)] = isEmpty ? nil : delegation
  }

  /// Moves money of `delegator` behind a validator.
  static func bond(
    _ amount: Amount, of delegator: Address, with address: Address, in state: inout State
  ) throws(Rejection) {
    try Money.deposit(amount, from: delegator, into: bondedVault, in: &state)
    _ = try add(amount, of: delegator, with: address, in: &state)
  }

  /// Puts tokens that are in the vault behind a validator; returns the shares that `delegator` receives.
  static func add(
    _ amount: Amount, of delegator: Address, with address: Address, locked: Bool = false, in state: inout State
  ) throws(Rejection) -> UInt64 {
    var validator = try validator(address, in: state)
    guard !validator.isTombstoned else {
      throw reject(.tombstoned, "the validator of \(address) never returns; choose another")
    }
    var delegation = settledDelegation(of: delegator, with: address, validator, in: state)
    let issued = try validator.issue(for: amount)
    delegation.shares += issued
    if locked { delegation.lockedShares += issued }
    save(delegation, of: delegator, with: address, in: &state)
    save(validator, of: address, in: &state)
    return issued
  }

  /// Takes free stake from behind a validator; its tokens are still in the vault. Returns how many.
  static func take(
    _ amount: Amount, of delegator: Address, from address: Address, in state: inout State
  ) throws(Rejection) -> Amount {
    var validator = try validator(address, in: state)
    var delegation = settledDelegation(of: delegator, with: address, validator, in: state)
    let free = validator.worth(of: delegation.freeShares)
    try requireStake(amount, free: free, all: validator.worth(of: delegation.shares), in: state)
    // All that is free takes all free shares along, so that none are left that nothing can be had for.
    let shares = amount == free ? delegation.freeShares : validator.sharesCovering(amount)
    let taken = validator.redeem(shares, for: amount)
    delegation.shares -= shares
    save(delegation, of: delegator, with: address, in: &state)
    save(validator, of: address, in: &state)
    return taken
  }

  private static func requireStake(
    _ amount: Amount, free: Amount, all: Amount, in state: borrowing State
  ) throws(Rejection) {
    guard amount <= all else { throw reject(.insufficientStake, "\(amount) asked for; the stake is worth \(all)") }
    guard amount <= free else {
      throw reject(.stakeLocked, "\(amount) asked for; \(free) of the \(all) are not locked by a redelegation")
    }
    let minimum = parameters(in: state).minimumBond
    guard amount >= minimum || (amount == free && amount > .zero) else {
      throw reject(.belowMinimum, "\(amount) asked for; at least \(minimum), or all of the \(free)")
    }
  }

  static func requireMinimum(_ amount: Amount, in state: borrowing State) throws(Rejection) {
    let minimum = parameters(in: state).minimumBond
    guard amount >= minimum else { throw reject(.belowMinimum, "\(amount) offered; at least \(minimum) is taken") }
  }
}

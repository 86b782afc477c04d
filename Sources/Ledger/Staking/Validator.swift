public import Cryptography
public import Encoding
public import LedgerKit
internal import StateTree

/// One validator: who signs, what its delegators pay, and the stake behind it.
public struct Validator: Record {
  public static let schema = Schema(
    "Validator", "One validator: who signs, what its delegators pay, and the stake behind it.", Validator.init,
    Field(1, "consensusKey", \.consensusKey, "Ed25519 public key that signs blocks."),
    Field(2, "name", \.name, "What people call it."),
    Field(
      3, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of the rewards that the operator keeps, in hundredths of a percent."),
    Field(
      4, "maximumDailyChangeBasisPoints", \.maximumDailyChangeBasisPoints,
      "Most that the commission changes in 24 hours, in hundredths of a percent; it never changes itself."),
    Field(
      5, "commissionChanged", \.commissionChanged,
      "When the commission changed last, in milliseconds since the Unix epoch."),
    Field(6, "tokens", \.tokens, "Tokens behind all shares, in nano-CPTM."),
    Field(7, "shares", \.shares, "Shares of all delegators."),
    Field(8, "rewardIndex", \.rewardIndex, "What one share has earned since the validator registered."),
    Field(9, "commission", \.commission, "Commission that the operator did not collect yet, in nano-CPTM."),
    Field(10, "registered", \.registered, "Height at which it registered."),
    Field(
      11, "jailedUntil", \.jailedUntil,
      "When it may leave jail, in milliseconds since the Unix epoch; missing when it is not jailed."),
    Field(12, "isTombstoned", \.isTombstoned, "Whether it can never leave jail."),
    Field(13, "isEligible", \.isEligible, "Whether its stake lets it be elected."),
    Field(14, "slashes", \.slashes, "How often it was slashed."))

  public let consensusKey: PublicKey
  public internal(set) var name: String
  public internal(set) var commissionBasisPoints: UInt32
  public let maximumDailyChangeBasisPoints: UInt32
  public internal(set) var commissionChanged: Timestamp
  public internal(set) var tokens: Amount
  public internal(set) var shares: UInt64
  public internal(set) var rewardIndex: RewardIndex
  public internal(set) var commission: Amount
  public let registered: UInt64
  public internal(set) var jailedUntil: Timestamp?
  public internal(set) var isTombstoned: Bool
  public internal(set) var isEligible: Bool
  public internal(set) var slashes: UInt64
}

extension Validator {
  /// A validator without stake.
  init(
    consensusKey: PublicKey, name: String, commissionBasisPoints: UInt32, maximumDailyChangeBasisPoints: UInt32,
    at moment: Moment
  ) {
    self.init(
      consensusKey: consensusKey, name: name, commissionBasisPoints: commissionBasisPoints,
      maximumDailyChangeBasisPoints: maximumDailyChangeBasisPoints, commissionChanged: moment.time, tokens: .zero,
      shares: 0, rewardIndex: .zero, commission: .zero, registered: moment.height, jailedUntil: nil,
      isTombstoned: false, isEligible: false, slashes: 0)
  }

  func rank(of address: Address) -> Rank { Rank(isEligible: isEligible, tokens: tokens, address: address) }
}

extension Staking {
  static func validator(_ address: Address, in state: borrowing State) throws(Rejection) -> Validator {
    guard let validator = state[validators, address] else {
      throw reject(.unknownValidator, "\(address) operates no validator")
    }
    return validator
  }

  /// A validator that is there, or the state is corrupt.
  static func knownValidator(_ address: Address, in state: borrowing State) -> Validator {
    guard let validator = state[validators, address] else {
      fatalError("corrupt state: no validator of \(address)")
    }
    return validator
  }

  /// Writes a validator and its place among all; its operator's own delegation must have been written before.
  static func save(_ validator: Validator, of address: Address, in state: inout State) {
    var saved = validator
    saved.isEligible = isEligible(validator, of: address, in: state)
    let rank = saved.rank(of: address)
    if let former = state[validators, address]?.rank(of: address), former != rank { state[ranking, former] = nil }
    state[ranking, rank] = true
    state[validators, address] = saved
  }

  /// Whether a validator may be elected: it is free, has power, and its operator risks enough of its own.
  static func isEligible(_ validator: Validator, of address: Address, in state: borrowing State) -> Bool {
    let parameters = parameters(in: state)
    return validator.jailedUntil == nil && validator.tokens >= parameters.powerUnit
      && selfBond(of: address, with: validator, in: state) >= parameters.minimumSelfBond
  }

  /// What the operator's own stake is worth, rounded down.
  static func selfBond(
    of address: Address, with validator: Validator, in state: borrowing State
  ) -> Amount {
    validator.worth(of: state[delegations, Pair(address, address)]?.shares ?? 0)
  }
}

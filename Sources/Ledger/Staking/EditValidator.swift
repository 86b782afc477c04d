public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Changes the name and the commission of the sender's validator.
public struct EditValidator: Transaction {
  public static let code: UInt32 = 202
  public static let schema = Schema(
    "EditValidator", "Change the name and the commission of the sender's validator.", EditValidator.init,
    Field(1, "name", \.name, "What people call it; 1 to 60 bytes."),
    Field(
      2, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of later rewards that the operator keeps, in hundredths of a percent; it changes once in 24 hours."))

  static let secondsBetweenChanges: UInt64 = 86_400

  public let name: String
  public let commissionBasisPoints: UInt32

  public init(name: String, commissionBasisPoints: UInt32) {
    self.name = name
    self.commissionBasisPoints = commissionBasisPoints
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var validator = try Staking.validator(context.sender, in: state)
    try Staking.requireName(name)
    validator.name = name
    if commissionBasisPoints != validator.commissionBasisPoints {
      try requireChange(of: validator, at: context.moment.time)
      validator.commissionBasisPoints = commissionBasisPoints
      validator.commissionChanged = context.moment.time
    }
    Staking.save(validator, of: context.sender, in: &state)
    state.emit(
      ValidatorEdited(validator: context.sender, name: name, commissionBasisPoints: commissionBasisPoints))
  }

  private func requireChange(of validator: Validator, at time: Timestamp) throws(Rejection) {
    let (old, most) = (validator.commissionBasisPoints, validator.maximumDailyChangeBasisPoints)
    guard commissionBasisPoints <= 10_000 else {
      throw Staking.reject(
        .invalidCommission, "\(commissionBasisPoints) hundredths of a percent; at most 10000 are possible")
    }
    guard max(old, commissionBasisPoints) - min(old, commissionBasisPoints) <= most else {
      throw Staking.reject(
        .commissionChangeTooLarge, "from \(old) to \(commissionBasisPoints) hundredths of a percent; at most by \(most)"
      )
    }
    let next = validator.commissionChanged.adding(seconds: Self.secondsBetweenChanges)
    guard time >= next else {
      throw Staking.reject(.commissionChangeTooSoon, "the next change is possible at \(next.milliseconds)")
    }
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> EditValidator {
    let present = state[Staking.validators, sender]?.commissionBasisPoints ?? 0
    return EditValidator(name: "renamed", commissionBasisPoints: present + UInt32(random.below(100)))
  }
}

/// The name or the commission of a validator changed.
public struct ValidatorEdited: Event {
  public static let code: UInt32 = 252
  public static let schema = Schema(
    "ValidatorEdited", "The name or the commission of a validator changed.", ValidatorEdited.init,
    Field(1, "validator", \.validator, "Operator of the validator."),
    Field(2, "name", \.name, "What people call it."),
    Field(
      3, "commissionBasisPoints", \.commissionBasisPoints,
      "Part of later rewards that the operator keeps, in hundredths of a percent."))

  public let validator: Address
  public let name: String
  public let commissionBasisPoints: UInt32

  public var accounts: [Address] { [validator] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// An upgrade that took effect.
public struct AppliedUpgrade: Record {
  public static let schema = Schema(
    "AppliedUpgrade", "An upgrade that took effect.", AppliedUpgrade.init,
    Field(1, "name", \.name, "Name of the upgrade."),
    Field(2, "height", \.height, "Height of the first block under its rules."))

  public let name: String
  public let height: UInt64
}

/// What is scheduled, what took effect, and who decides.
public struct UpgradeStatus: Record {
  public static let schema = Schema(
    "UpgradeStatus", "What is scheduled, what took effect, and who decides.", UpgradeStatus.init,
    Field(1, "authority", \.authority, "Account that decides."),
    Field(2, "plan", \.plan, "What is scheduled; missing where nothing is."),
    Field(3, "applied", \.applied, "What took effect, oldest first."))

  public let authority: Address
  public let plan: UpgradePlan?
  public let applied: [AppliedUpgrade]
}

/// What is scheduled, what took effect, and who decides.
public struct UpgradeStatusOf: Query {
  public static let schema = Schema(
    "UpgradeStatusOf", "What is scheduled, what took effect, and who decides.", UpgradeStatusOf.init)

  public init() {}

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> UpgradeStatus {
    UpgradeStatus(
      authority: (state[Upgrades.authority, Only()] ?? .standard).authority, plan: state[Upgrades.plan, Only()],
      applied: state.rows(of: Upgrades.applied).map { AppliedUpgrade(name: $0.row, height: $0.key) })
  }
  public var evidence: [[UInt8]] { [Upgrades.plan.path(Only())] }
}

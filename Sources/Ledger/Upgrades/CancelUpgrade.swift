public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Calls off the change of rules that is scheduled.
public struct CancelUpgrade: Transaction {
  public static let code: UInt32 = 402
  public static let schema = Schema(
    "CancelUpgrade", "Call off the change of rules that is scheduled.", CancelUpgrade.init)

  public init() {}

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    try Upgrades.requireAuthority(context.sender, in: state)
    guard let plan = state[Upgrades.plan, Only()] else {
      throw Upgrades.reject(.noPlan, "no upgrade is scheduled")
    }
    state[Upgrades.plan, Only()] = nil
    state.emit(UpgradeCancelled(name: plan.name))
  }
}

/// A change of the rules was called off.
public struct UpgradeCancelled: Event {
  public static let code: UInt32 = 452
  public static let schema = Schema(
    "UpgradeCancelled", "A change of the rules was called off.", UpgradeCancelled.init,
    Field(1, "name", \.name, "Name of the upgrade."))

  public let name: String

  public var accounts: [Address] { [] }
}

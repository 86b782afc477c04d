public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// When the rules of the network change: an authority schedules it, and every node changes them in the same block.
public enum Upgrades: Module {
  public static let number: UInt8 = 4
  public static let name = "upgrades"
  public static let transactions: [any Transaction.Type] = [ScheduleUpgrade.self, CancelUpgrade.self]
  public static let queries: [any Query.Type] = [UpgradeStatusOf.self]
  public static let events: [any Event.Type] = [UpgradeScheduled.self, UpgradeCancelled.self, Upgraded.self]
  public static let tables: [any TableDescription] = [authority, plan, applied]

  public enum Reason: UInt32, RejectionReason {
    public static let module = Upgrades.name

    case notTheAuthority = 1
    case invalidName = 2
    case tooSoon = 3
    case alreadyApplied = 4
    case noPlan = 5
  }

  static let authority = Table<Only, UpgradesGenesis>(number, 1, "upgrades/authority")
  static let plan = Table<Only, UpgradePlan>(number, 2, "upgrades/plan")
  /// Names by the heights at which they took effect.
  static let applied = Table<UInt64, String>(number, 3, "upgrades/applied")

  /// Who decides where the genesis document names nobody: the account as which decisions of governance are executed.
  public static let governance = Address(module: "governance")
}

extension Upgrades.Reason {
  public var doc: String {
    switch self {
    case .notTheAuthority: "Only the account that decides about upgrades may do this."
    case .invalidName: "The name must have 1 to 60 lowercase letters, digits, dots and hyphens."
    case .tooSoon: "The height lies too near: operators would have no time to install the new version."
    case .alreadyApplied: "An upgrade of this name took effect before."
    case .noPlan: "No upgrade is scheduled."
    }
  }
}

/// The upgrade that is scheduled.
public struct UpgradePlan: Record {
  public static let schema = Schema(
    "UpgradePlan", "The upgrade that is scheduled.", UpgradePlan.init,
    Field(1, "name", \.name, "Name of the upgrade, which a version that has it knows."),
    Field(2, "height", \.height, "Height of the first block under the new rules."),
    Field(3, "notice", \.notice, "Where operators find the version."))

  public let name: String
  public let height: UInt64
  public let notice: String

  public init(name: String, height: UInt64, notice: String) {
    self.name = name
    self.height = height
    self.notice = notice
  }
}

/// Who decides about upgrades.
public struct UpgradesGenesis: GenesisRecord {
  public static let code: UInt32 = 400
  public static let schema = Schema(
    "UpgradesGenesis", "Who decides about upgrades.", UpgradesGenesis.init,
    Field(1, "authority", \.authority, "Account that schedules them; governance's own where nobody else is named."))

  public let authority: Address

  public init(authority: Address) { self.authority = authority }

  public static let standard = UpgradesGenesis(authority: Upgrades.governance)
}

extension Upgrades {
  public static func begin(_ genesis: UpgradesGenesis, in state: inout State) throws(Rejection) {
    state[authority, Only()] = genesis
  }

  static func requireAuthority(_ sender: Address, in state: borrowing State) throws(Rejection) {
    let authority = state[authority, Only()] ?? .standard
    guard sender == authority.authority else {
      throw reject(.notTheAuthority, "\(authority.authority) decides about upgrades")
    }
  }
}

extension Upgrades: UpgradeKeeper {
  public static func upgrade(at height: UInt64, in state: borrowing State) -> String? {
    guard let plan = state[plan, Only()], plan.height == height else { return nil }
    return plan.name
  }

  public static func applied(in state: borrowing State) -> [String] { state.rows(of: applied).map(\.row) }

  public static func complete(at moment: Moment, in state: inout State) {
    guard let done = state[plan, Only()] else { return }
    state[plan, Only()] = nil
    state[applied, moment.height] = done.name
    state.emit(Upgraded(name: done.name))
  }
}

/// The rules of the network changed.
public struct Upgraded: Event {
  public static let code: UInt32 = 453
  public static let schema = Schema(
    "Upgraded", "The rules of the network changed.", Upgraded.init,
    Field(1, "name", \.name, "Name of the upgrade."))

  public let name: String

  public var accounts: [Address] { [] }
}

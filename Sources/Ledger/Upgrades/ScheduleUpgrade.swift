public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Has the rules of the network change at a height, in place of what was scheduled before.
public struct ScheduleUpgrade: Transaction {
  public static let code: UInt32 = 401
  public static let schema = Schema(
    "ScheduleUpgrade", "Have the rules of the network change at a height, in place of what was scheduled before.",
    ScheduleUpgrade.init,
    Field(1, "name", \.name, "Name of the upgrade; 1 to 60 lowercase letters, digits, dots and hyphens."),
    Field(
      2, "height", \.height,
      "Height of the first block under the new rules; at least 10 blocks ahead. A node that lacks them stops before it."
    ),
    Field(3, "notice", \.notice, "Where operators find the version that has it; its bytes count towards the fee."))

  /// Blocks at least between the decision and the upgrade.
  static let noticeBlocks: UInt64 = 10

  public let name: String
  public let height: UInt64
  public let notice: String

  public init(name: String, height: UInt64, notice: String = "") {
    self.name = name
    self.height = height
    self.notice = notice
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    try Upgrades.requireAuthority(context.sender, in: state)
    guard Self.isName(name) else {
      throw Upgrades.reject(.invalidName, "\"\(name)\": expected 1 to 60 lowercase letters, digits, dots and hyphens")
    }
    guard !Upgrades.applied(in: state).contains(name) else {
      throw Upgrades.reject(.alreadyApplied, "\"\(name)\" took effect before; give another name")
    }
    guard height > context.moment.height, height - context.moment.height >= Self.noticeBlocks else {
      throw Upgrades.reject(
        .tooSoon, "height \(height); this is block \(context.moment.height), and \(Self.noticeBlocks) must lie between")
    }
    state[Upgrades.plan, Only()] = UpgradePlan(name: name, height: height, notice: notice)
    state.emit(UpgradeScheduled(name: name, height: height))
  }

  private static func isName(_ text: String) -> Bool {
    (1...60).contains(text.utf8.count)
      && text.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x2E
      }
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> ScheduleUpgrade {
    // Too far away to take effect: no build knows a made-up name.
    ScheduleUpgrade(name: "upgrade-\(random.below(100))", height: moment.height + 1_000_000)
  }
}

/// A change of the rules was scheduled.
public struct UpgradeScheduled: Event {
  public static let code: UInt32 = 451
  public static let schema = Schema(
    "UpgradeScheduled", "A change of the rules was scheduled.", UpgradeScheduled.init,
    Field(1, "name", \.name, "Name of the upgrade."),
    Field(2, "height", \.height, "Height of the first block under the new rules."))

  public let name: String
  public let height: UInt64

  public var accounts: [Address] { [] }
}

public import StateTree

/// A change of the ledger's rules that takes effect at a height that the network decides on: until then a build that has it goes by the
/// old rules, and a build that lacks it stops there.
public struct Upgrade: Sendable {
  /// The name by which the network schedules it.
  public let name: String
  /// Brings the state into the form of the new rules, before anything else in the block of that height.
  let migrate: @Sendable (_ state: inout State, _ moment: Moment) -> Void

  public init(_ name: String, migrate: @escaping @Sendable (_ state: inout State, _ moment: Moment) -> Void) {
    self.name = name
    self.migrate = migrate
  }
}

/// What the ledger asks of the module that schedules upgrades.
public protocol UpgradeKeeper: Module {
  /// The name of the upgrade that takes effect in the block of `height`.
  static func upgrade(at height: UInt64, in state: borrowing State) -> String?

  /// Names of those that took effect, oldest first.
  static func applied(in state: borrowing State) -> [String]

  /// Notes that the upgrade of this block took effect.
  static func complete(at moment: Moment, in state: inout State)
}

/// The rules of this build are not those of the chain: an upgrade that is due, or was made, is not among them.
public struct MissingUpgrade: Error, Equatable, Sendable, CustomStringConvertible {
  public let name: String
  /// Height of the first block under the new rules, where it lies ahead.
  public let height: UInt64?

  public init(name: String, height: UInt64?) {
    self.name = name
    self.height = height
  }

  public var description: String {
    let when = height.map { "is due in block \($0)" } ?? "took effect on this chain"
    return "the upgrade \"\(name)\" \(when), and this build does not know it: nothing is lost; start a build that does"
  }
}

extension Ledger {
  /// Throws when the block of `height` on top of `state` is to be executed by rules that this build lacks.
  public func requireRules(of height: UInt64, in state: borrowing State) throws(MissingUpgrade) {
    if let name = upgradeKeeper?.upgrade(at: height, in: state), upgrade(named: name) == nil {
      throw MissingUpgrade(name: name, height: height)
    }
  }

  /// Throws when an upgrade took effect in `state` that this build lacks.
  public func requireRules(of state: borrowing State) throws(MissingUpgrade) {
    for name in upgradeKeeper?.applied(in: state) ?? [] where upgrade(named: name) == nil {
      throw MissingUpgrade(name: name, height: nil)
    }
  }

  /// Makes the upgrade of a block, if there is one; who executes blocks has asked for the rules before.
  func upgrade(_ state: inout State, at moment: Moment) {
    guard let upgradeKeeper, let name = upgradeKeeper.upgrade(at: moment.height, in: state) else { return }
    guard let upgrade = upgrade(named: name) else { fatalError("\(MissingUpgrade(name: name, height: moment.height))") }
    upgrade.migrate(&state, moment)
    upgradeKeeper.complete(at: moment, in: &state)
  }

  private func upgrade(named name: String) -> Upgrade? { upgrades.first { $0.name == name } }
}

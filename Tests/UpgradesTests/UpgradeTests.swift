import Chain
import Cryptography
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Upgrades

/// A network whose upgrades Alice decides about, and whose build knows one that gives Bob a token of hers.
private func network() -> TestNetwork {
  let gift = Upgrade("gift") { state, _ in
    do {
      try Money.transfer(.tokens(1), from: TestAccount.alice.address, to: TestAccount.bob.address, in: &state)
    } catch { fatalError("the migration is refused: \(error)") }
  }
  return TestNetwork(upgrades: UpgradesGenesis(authority: TestAccount.alice.address), knownUpgrades: [gift])
}

@Suite("ScheduleUpgrade")
struct ScheduleUpgradeTests {
  @Test("changes the rules in the block of its height, once")
  func takesEffect() throws {
    var network = network()
    let receipt = try network.apply(ScheduleUpgrade(name: "gift", height: 10, notice: "see there"), from: .alice)
    #expect(receipt.events == [EventEntry(UpgradeScheduled(name: "gift", height: 10))])
    for _ in 1..<10 { #expect(network.runBlock().events.isEmpty) }
    #expect(network.account(.bob).available == TestNetwork.balance)
    #expect(network.runBlock().events == [EventEntry(Upgraded(name: "gift"))])
    #expect(network.account(.bob).available == .tokens(101))
    let status = try network.answer(UpgradeStatusOf())
    #expect(status.plan == nil)
    #expect(status.applied == [AppliedUpgrade(name: "gift", height: 10)])
    #expect(network.runBlock().events.isEmpty)
    #expect(network.violations.isEmpty)
  }

  @Test("takes the place of what was scheduled before")
  func replaces() throws {
    var network = network()
    try network.apply(ScheduleUpgrade(name: "gift", height: 10), from: .alice)
    try network.apply(ScheduleUpgrade(name: "other", height: 20), from: .alice)
    #expect(try network.answer(UpgradeStatusOf()).plan == UpgradePlan(name: "other", height: 20, notice: ""))
  }

  @Test("is decided about by governance where the genesis document names nobody")
  func governance() throws {
    #expect(try TestNetwork().answer(UpgradeStatusOf()).authority == Upgrades.governance)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("upgrades.notTheAuthority") {
        try $0.apply(ScheduleUpgrade(name: "", height: 0), from: .bob)
      },
      Refusal("upgrades.invalidName") { try $0.apply(ScheduleUpgrade(name: "", height: 0), from: .alice) },
      Refusal("upgrades.invalidName") { try $0.apply(ScheduleUpgrade(name: "A b", height: 0), from: .alice) },
      Refusal("upgrades.invalidName") {
        try $0.apply(ScheduleUpgrade(name: String(repeating: "a", count: 61), height: 0), from: .alice)
      },
      Refusal("upgrades.alreadyApplied") {
        try $0.apply(ScheduleUpgrade(name: "gift", height: 10), from: .alice)
        for _ in 1...10 { $0.runBlock() }
        try $0.apply(ScheduleUpgrade(name: "gift", height: 0), from: .alice)
      },
      Refusal("upgrades.tooSoon") { try $0.apply(ScheduleUpgrade(name: "gift", height: 9), from: .alice) },
      Refusal("upgrades.tooSoon") {
        $0.runBlock()
        try $0.apply(ScheduleUpgrade(name: "gift", height: 0), from: .alice)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: network()) == row.reason) }
}

@Suite("CancelUpgrade")
struct CancelUpgradeTests {
  @Test("calls off what was scheduled")
  func cancels() throws {
    var network = network()
    try network.apply(ScheduleUpgrade(name: "gift", height: 10), from: .alice)
    let receipt = try network.apply(CancelUpgrade(), from: .alice)
    #expect(receipt.events == [EventEntry(UpgradeCancelled(name: "gift"))])
    for _ in 1...10 { #expect(network.runBlock().events.isEmpty) }
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("upgrades.notTheAuthority") { try $0.apply(CancelUpgrade(), from: .bob) },
      Refusal("upgrades.noPlan") { try $0.apply(CancelUpgrade(), from: .alice) }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: network()) == row.reason) }
}

@Suite("A build without the rules")
struct MissingUpgradeTests {
  @Test("is told before the block, and after it")
  func missing() throws {
    var network = network()
    try network.apply(ScheduleUpgrade(name: "gift", height: 10), from: .alice)
    let old = Ledger(chain: TestNetwork.chain, policy: .devnet)
    try old.requireRules(of: 9, in: network.state)
    try old.requireRules(of: network.state)
    #expect(throws: MissingUpgrade(name: "gift", height: 10)) { try old.requireRules(of: 10, in: network.state) }
    for _ in 1...10 { network.runBlock() }
    #expect(throws: MissingUpgrade(name: "gift", height: nil)) { try old.requireRules(of: network.state) }
    try network.ledger.requireRules(of: network.state)
  }
}

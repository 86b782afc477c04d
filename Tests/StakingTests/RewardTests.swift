import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("Rewards")
struct RewardTests {
  private static let schedule = EmissionSchedule(steps: [
    EmissionStep(fromHeight: 3, perBlock: .tokens(3)), EmissionStep(fromHeight: 5, perBlock: .zero)
  ])

  @Test("are created by the schedule, and only where an engine reports votes")
  func emission() throws {
    var scene = StakingScene(emission: Self.schedule)
    scene.run(1)
    #expect(try scene.network.answer(SupplyOf()).total == .tokens(300))
    scene.network.runBlock()
    #expect(try scene.network.answer(SupplyOf()).total == .tokens(300))
    let results = try #require(scene.run(1).first)
    #expect(results.events == [EventEntry(RewardsDistributed(emitted: .tokens(3), distributed: .tokens(3)))])
    scene.run(2)
    #expect(try scene.network.answer(SupplyOf()).total == .tokens(303))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("are the fees too, by power; nobody has the part of who was absent, which waits")
  func fees() throws {
    var scene = StakingScene()
    var draft = scene.network.draft(Transfer(to: StakingScene.bob, amount: .tokens(1)), from: .carol)
    draft.fee = Amount(nano: 100)
    try scene.network.submit(draft)
    scene.run(missing: [.bob])
    // Two thirds of 100, less a tenth, rounded down.
    let alice = try scene.network.answer(RewardsOf(owner: StakingScene.alice, validator: StakingScene.alice))
    #expect(alice.rewards == Amount(nano: 59) && alice.commission == Amount(nano: 6))
    #expect(Money.account(Money.feeAccount, in: scene.network.state).available == Amount(nano: 34))
    scene.run()
    #expect(
      try scene.network.answer(RewardsOf(owner: StakingScene.bob, validator: StakingScene.bob)).rewards
        == Amount(nano: 10))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("pass by validators that are jailed or have no shares")
  func passedBy() throws {
    var scene = StakingScene(emission: Self.schedule)
    scene.run()
    let votes = scene.votes()
    scene.runBlock(provingFaultOf: .bob, at: 1)
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(20)), from: .alice)
    scene.network.runBlock(EngineReport(votes: votes))
    #expect(Money.account(Money.feeAccount, in: scene.network.state).available == .tokens(3))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("stop being created when the supply would not fit in 64 bits")
  func full() throws {
    let step = EmissionStep(fromHeight: 0, perBlock: Amount(nano: .max))
    var scene = StakingScene(emission: EmissionSchedule(steps: [step]))
    scene.run()
    #expect(try scene.network.answer(SupplyOf()).total == .tokens(300))
  }

  @Test("of a share never fall, and stay with the fees when the index is full")
  func index() throws {
    let index = RewardIndex(nano: .max, fraction: 5)
    #expect(index.raised(by: Amount(nano: 1), over: 1) == nil)
    let raised = try #require(index.raised(by: Amount(nano: 1), over: 3))
    #expect(raised == RewardIndex(nano: .max, fraction: 0x5555_5555_5555_555A))
    #expect(raised.rewards(of: 3, since: index) == .zero)
    let whole = try #require(RewardIndex.zero.raised(by: Amount(nano: .max), over: 1))
    #expect(whole.rewards(of: 1, since: .zero) == Amount(nano: .max))
  }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("CollectRewards")
struct CollectRewardsTests {
  /// Carol has 30 of the 50 CPTM with Alice, who has five sixths of the power since block 5; a block creates 0.6 CPTM from then on.
  private static func earning() throws -> StakingScene {
    let emission = EmissionSchedule(steps: [EmissionStep(fromHeight: 6, perBlock: Amount(nano: 600_000_000))])
    var scene = try StakingScene.bonded(emission: emission)
    scene.run(to: 5)
    scene.run()
    return scene
  }

  @Test("pays the part of the rewards that the shares earned, less the commission")
  func collects() throws {
    var scene = try Self.earning()
    // 0.5 CPTM are Alice's; a tenth of them is commission, and three fifths of the rest Carol's.
    let earned = Amount(nano: 269_999_999)
    #expect(
      try scene.network.answer(RewardsOf(owner: StakingScene.carol, validator: StakingScene.alice)).rewards == earned)
    let receipt = try scene.network.apply(CollectRewards(validator: StakingScene.alice), from: .carol)
    let collected = RewardsCollected(delegator: StakingScene.carol, validator: StakingScene.alice, amount: earned)
    #expect(receipt.events == [EventEntry(collected)])
    #expect(scene.network.account(.carol).available == Amount(nano: 70_269_999_999))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("comes to the same whether it is done often or once")
  func often() throws {
    var (often, once) = (try Self.earning(), try Self.earning())
    for _ in 0..<10 {
      try often.network.apply(CollectRewards(validator: StakingScene.alice), from: .carol)
      often.run()
      once.run()
    }
    for scene in [often, once] { #expect(scene.network.violations.isEmpty) }
    let (parts, whole) = (try often.holdings(.carol), try once.holdings(.carol))
    // Each collection may round off a nano-CPTM.
    let difference = whole.rewards.nano - (parts.rewards.nano + parts.available.nano - Amount.tokens(70).nano)
    #expect(difference <= 11)
  }

  @Test("pays what was earned before the stake left, and the row goes with it")
  func afterwards() throws {
    var scene = try Self.earning()
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(30)), from: .carol)
    scene.run()
    let owed = try scene.network.answer(RewardsOf(owner: StakingScene.carol, validator: StakingScene.alice)).rewards
    #expect(owed == Amount(nano: 269_999_999))
    try scene.network.apply(CollectRewards(validator: StakingScene.alice), from: .carol)
    #expect(try scene.network.answer(DelegationsOf(owner: StakingScene.carol)).delegations.isEmpty)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("gives nothing of what was earned before to stake that comes later")
  func later() throws {
    var scene = try Self.earning()
    try scene.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(50)), from: .bob)
    #expect(
      try scene.network.answer(RewardsOf(owner: StakingScene.bob, validator: StakingScene.alice)).rewards == .zero)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") {
        try $0.network.apply(CollectRewards(validator: StakingScene.unknown), from: .carol)
      },
      Refusal("staking.nothingToCollect") {
        try $0.network.apply(CollectRewards(validator: StakingScene.bob), from: .carol)
      },
      Refusal("staking.nothingToCollect") {
        try $0.network.apply(CollectRewards(validator: StakingScene.alice), from: .carol)
        try $0.network.apply(CollectRewards(validator: StakingScene.alice), from: .carol)
      }
    ]) func refused(row: Refusal<StakingScene>) throws
  { #expect(row.outcome(in: try Self.earning()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("CollectCommission")
struct CollectCommissionTests {
  private static func earning() -> StakingScene {
    var scene = StakingScene(
      emission: EmissionSchedule(steps: [EmissionStep(fromHeight: 0, perBlock: Amount(nano: 300_000_000))]))
    scene.run()
    return scene
  }

  @Test("pays the operator its part of what its validator earned")
  func collects() throws {
    var scene = Self.earning()
    // Two thirds of the power, and a tenth of the rewards.
    let commission = Amount(nano: 20_000_000)
    #expect(
      try scene.network.answer(RewardsOf(owner: StakingScene.alice, validator: StakingScene.alice)).commission
        == commission)
    let receipt = try scene.network.apply(CollectCommission(), from: .alice)
    #expect(receipt.events == [EventEntry(CommissionCollected(validator: StakingScene.alice, amount: commission))])
    #expect(scene.network.account(.alice).available == Amount(nano: 80_020_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") { try $0.network.apply(CollectCommission(), from: .carol) },
      Refusal("staking.nothingToCollect") { try $0.network.apply(CollectCommission(), from: .bob) }
    ]) func refused(row: Refusal<StakingScene>)
  { #expect(row.outcome(in: Self.earning()) == row.reason) }
}

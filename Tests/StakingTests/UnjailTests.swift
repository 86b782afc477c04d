import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Staking

@Suite("Unjail")
struct UnjailTests {
  /// Alice was away for four blocks, and is jailed until 35 seconds after genesis.
  private static func jailed(parameters: StakingParameters = .small) -> StakingScene {
    var scene = StakingScene(parameters: parameters)
    scene.run(4, missing: [.alice])
    return scene
  }

  @Test("lets a validator be elected again at the end of the epoch")
  func unjails() throws {
    var scene = Self.jailed()
    scene.network.advance(seconds: 30)
    let receipt = try scene.network.apply(Unjail(), from: .alice)
    #expect(receipt.events == [EventEntry(Unjailed(validator: StakingScene.alice))])
    #expect(try scene.validator(.alice).jailedUntil == nil)
    #expect(scene.powers == ["bob": 10_000])
    scene.run(to: 10)
    #expect(scene.powers == ["alice": 19_800, "bob": 10_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") { try $0.network.apply(Unjail(), from: .carol) },
      Refusal("staking.tombstoned") {
        $0.runBlock(provingFaultOf: .alice, at: 1)
        try $0.network.apply(Unjail(), from: .alice)
      },
      Refusal("staking.notJailed") { try $0.network.apply(Unjail(), from: .bob) },
      Refusal("staking.stillJailed") {
        $0.network.advance(seconds: 29)
        try $0.network.apply(Unjail(), from: .alice)
      },
      Refusal("staking.selfBondTooLow") {
        $0 = jailed(parameters: .small(minimumSelfBond: .tokens(10), downtimeSlash: 5_001))
        $0.network.advance(seconds: 30)
        try $0.network.apply(Unjail(), from: .alice)
      }
    ]) func refused(row: Refusal<StakingScene>)
  { #expect(row.outcome(in: Self.jailed()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("Redelegate")
struct RedelegateTests {
  private static func move(
    _ amount: Amount, from source: Address = StakingScene.alice, to target: Address = StakingScene.bob
  ) -> Redelegate { Redelegate(from: source, to: target, amount: amount) }

  @Test("moves stake at once, and locks it for the unbonding time")
  func moves() throws {
    var scene = try StakingScene.bonded()
    let receipt = try scene.network.apply(Self.move(.tokens(12)), from: .carol)
    let redelegated = Redelegated(
      redelegation: receipt.created, delegator: StakingScene.carol, from: StakingScene.alice, to: StakingScene.bob,
      amount: .tokens(12), ends: 26)
    #expect(receipt.events == [EventEntry(redelegated)])
    #expect(try scene.validator(.alice).tokens == .tokens(38))
    #expect(try scene.validator(.bob).tokens == .tokens(22))
    #expect(
      try scene.network.answer(DelegationsOf(owner: StakingScene.carol)).delegations.map(\.locked).total == .tokens(12))
    scene.run(to: 25)
    let ended = RedelegationEnded(
      redelegation: receipt.created, delegator: StakingScene.carol, validator: StakingScene.bob, burned: .zero)
    #expect(scene.network.runBlock().events == [EventEntry(ended)])
    try scene.network.apply(Self.move(.tokens(12), from: StakingScene.bob, to: StakingScene.alice), from: .carol)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("still answers for a fault of the validator that the stake left")
  func sourceSlashed() throws {
    var scene = try StakingScene.bonded()
    try scene.network.apply(Self.move(.tokens(12)), from: .carol)
    scene.runBlock(provingFaultOf: .alice, at: 1)
    #expect(try scene.validator(.alice).tokens == Amount(nano: 36_100_000_000))
    #expect(try scene.holdings(.carol).staked == Amount(nano: 29_100_000_000))
    scene.run(to: 26)
    // 5 % of the 12 CPTM, which Bob's validator loses with their shares.
    #expect(try scene.validator(.bob).tokens == Amount(nano: 21_400_000_000))
    #expect(try scene.validator(.bob).shares == 21_400_000_000)
    #expect(try scene.holdings(.carol).staked == Amount(nano: 28_500_000_000))
    #expect(try scene.network.answer(SupplyOf()).total == Amount(nano: 297_500_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("answers neither for what was punished before, nor for faults after it stopped counting")
  func innocent() throws {
    var scene = try StakingScene.bonded(parameters: .small(downtimeJailSeconds: 1))
    scene.run(4, missing: [.alice])
    try scene.network.apply(Self.move(.tokens(10)), from: .carol)
    scene.run(to: 7)
    scene.runBlock(provingFaultOf: .alice, at: 7)
    scene.run(to: 26)
    #expect(try scene.validator(.bob).tokens == .tokens(20))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("loses its shares when a slash takes everything")
  func everything() throws {
    var scene = try StakingScene.bonded(parameters: .small(doubleSignSlash: 10_000))
    try scene.network.apply(Self.move(.tokens(12)), from: .carol)
    scene.runBlock(provingFaultOf: .alice, at: 1)
    scene.run(to: 26)
    #expect(try scene.validator(.bob).tokens == .tokens(10))
    #expect(try scene.validator(.bob).shares == Amount.tokens(10).nano)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.sameValidator") {
        try $0.network.apply(move(.zero, from: StakingScene.unknown, to: StakingScene.unknown), from: .carol)
      },
      Refusal("staking.unknownValidator") {
        try $0.network.apply(move(.zero, from: StakingScene.unknown), from: .carol)
      },
      Refusal("staking.insufficientStake") { try $0.network.apply(move(.tokens(31)), from: .carol) },
      Refusal("staking.stakeLocked") {
        try $0.network.apply(move(.tokens(4)), from: .carol)
        try $0.network.apply(RegisterValidator.sound(), from: .carol)
        try $0.network.apply(move(.tokens(4), from: StakingScene.bob, to: StakingScene.carol), from: .carol)
      },
      Refusal("staking.belowMinimum") { try $0.network.apply(move(Amount(nano: 1)), from: .carol) },
      Refusal("staking.unknownValidator") {
        try $0.network.apply(move(.tokens(1), to: StakingScene.unknown), from: .carol)
      },
      Refusal("staking.tombstoned") {
        $0.runBlock(provingFaultOf: .bob, at: 1)
        try $0.network.apply(move(.tokens(1)), from: .carol)
      }
    ]) func refused(row: Refusal<StakingScene>) throws
  { #expect(row.outcome(in: try .bonded()) == row.reason) }
}

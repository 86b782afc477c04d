import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Staking

@Suite("Slashing")
struct SlashingTests {
  @Test("for a double signature takes its part of all stake, and the validator never returns")
  func doubleSign() throws {
    var scene = try StakingScene.bonded()
    let results = scene.runBlock(provingFaultOf: .alice, at: 1)
    // 5 % of 50 CPTM.
    let slashed = Slashed(
      validator: StakingScene.alice, faultHeight: 1, basisPoints: 500, burned: Amount(nano: 2_500_000_000))
    #expect(results.events == [EventEntry(slashed), EventEntry(Jailed(validator: StakingScene.alice, until: nil))])
    #expect(results.validators == [ValidatorPower(key: TestAccount.alice.node.publicKey, power: 0)])
    #expect(scene.powers == ["bob": 10_000])
    #expect(try scene.validator(.alice).isTombstoned)
    #expect(try scene.holdings(.carol).staked == Amount(nano: 28_500_000_000))
    #expect(try scene.network.answer(SupplyOf()).total == Amount(nano: 297_500_000_000))
    scene.run(to: 10)
    #expect(scene.powers == ["bob": 10_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("rounds against the stake")
  func rounding() throws {
    var scene = StakingScene()
    try scene.network.apply(Bond(validator: StakingScene.bob, amount: Amount(nano: 1_000_000_001)), from: .carol)
    scene.runBlock(provingFaultOf: .bob, at: 1)
    // 95 % of 11.000000001 CPTM are 10.45000000095.
    #expect(try scene.validator(.bob).tokens == Amount(nano: 10_450_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("happens once for all double signatures of a validator, and to all that are proven in a block")
  func once() throws {
    var scene = StakingScene()
    scene.runBlock(provingFaultOf: .alice, .alice, .bob, at: 1)
    scene.runBlock(provingFaultOf: .alice, at: 2)
    #expect(try scene.validator(.alice).tokens == .tokens(19))
    #expect(try scene.validator(.bob).tokens == Amount(nano: 9_500_000_000))
    // Somebody has to make blocks.
    #expect(scene.powers == ["bob": 10_000])
    scene.run(to: 10)
    #expect(scene.powers == ["bob": 10_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "leaves faults alone that are too old, ahead, or nobody's",
    arguments: [
      (TestAccount.alice, 1, 1), (.alice, 2, 0), (.alice, 22, 0), (.alice, 23, 1), (.carol, 20, 1)
    ] as [(TestAccount, UInt64, UInt64)])
  func ignored(offender: TestAccount, height: UInt64, innocent: UInt64) throws {
    var scene = StakingScene()
    scene.run(to: 21)
    scene.runBlock(provingFaultOf: offender, at: height)
    #expect(try scene.validator(.alice).slashes == 1 - innocent)
  }

  @Test("reaches stake that was bonded at the fault and has left since")
  func unbonding() throws {
    var scene = try StakingScene.bonded()
    let unbonding = try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(12)), from: .carol)
    scene.run(to: 10)
    scene.runBlock(provingFaultOf: .alice, at: 6)
    let waiting = try scene.network.answer(UnbondingsOf(owner: StakingScene.carol)).unbondings
    #expect(waiting.map(\.unbonding.amount) == [.tokens(12)])
    #expect(waiting.map(\.worth) == [Amount(nano: 11_400_000_000)])
    scene.run(to: 25)
    let returned = StakeReturned(
      unbonding: unbonding.created, delegator: StakingScene.carol, paid: Amount(nano: 11_400_000_000),
      burned: Amount(nano: 600_000_000))
    #expect(scene.network.runBlock().events == [EventEntry(returned)])
    #expect(scene.network.account(.carol).available == Amount(nano: 81_400_000_000))
    // 5 % of 50 CPTM, wherever they were.
    #expect(try scene.network.answer(SupplyOf()).total == Amount(nano: 297_500_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("reaches stake on the last block on which it can", arguments: [(26, true), (27, false)] as [(UInt64, Bool)])
  func lastMoment(height: UInt64, isReached: Bool) throws {
    var scene = try StakingScene.bonded()
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(12)), from: .carol)
    scene.run(to: height - 1)
    scene.runBlock(provingFaultOf: .alice, at: 6)
    scene.run(to: 30)
    #expect(scene.network.account(.carol).available == (isReached ? Amount(nano: 81_400_000_000) : .tokens(82)))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("leaves stake alone that stopped counting before the fault")
  func innocent() throws {
    var scene = try StakingScene.bonded()
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(12)), from: .carol)
    scene.run(to: 10)
    scene.runBlock(provingFaultOf: .alice, at: 7)
    #expect(try scene.holdings(.carol).unbonding == .tokens(12))
    scene.run(to: 26)
    #expect(scene.network.account(.carol).available == .tokens(82))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("takes each part of what the one before left")
  func twice() throws {
    var scene = try StakingScene.bonded(parameters: .small(downtimeJailSeconds: 1))
    scene.run(2, missing: [.alice])
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(12)), from: .carol)
    scene.run(2, missing: [.alice])
    scene.runBlock(provingFaultOf: .alice, at: 5)
    // 1 % for the downtime until block 4, then 5 %.
    #expect(try scene.holdings(.carol).unbonding == Amount(nano: 11_286_000_000))
    #expect(try scene.validator(.alice).tokens == Amount(nano: 35_739_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("is forgotten when nothing that waits can need it")
  func forgotten() throws {
    var scene = try StakingScene.bonded(parameters: .small(minimumSelfBond: .tokens(1), downtimeJailSeconds: 1))
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(1)), from: .carol)
    var kept: [Int] = []
    for _ in 0..<4 {
      scene.run(4, missing: [.alice])
      scene.run(2)
      try scene.network.apply(Unjail(), from: .alice)
      scene.run(4)
      kept.append(scene.network.state.rows(of: Staking.slashes).count)
    }
    // The stake that left at 1 returns at 26; the slashes at 5, 15 and 25 are kept for it, and forgotten at the one at 35.
    #expect(kept == [1, 2, 3, 1])
    #expect(try scene.validator(.alice).slashes == 4)
    #expect(scene.network.violations.isEmpty)
  }
}

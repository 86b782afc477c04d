import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("Unbond")
struct UnbondTests {
  @Test("takes stake, and returns it when it has answered for the unbonding time")
  func unbonds() throws {
    var scene = try StakingScene.bonded()
    let receipt = try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(12)), from: .carol)
    // The epoch ends at 5; the engine follows at 7, so the stake counts until 6, and answers for 20 blocks more.
    let started = UnbondingStarted(
      unbonding: receipt.created, delegator: StakingScene.carol, validator: StakingScene.alice, amount: .tokens(12),
      matures: 26)
    #expect(receipt.events == [EventEntry(started)])
    #expect(try scene.validator(.alice).tokens == .tokens(38))
    #expect(try scene.holdings(.carol).unbonding == .tokens(12))
    scene.run(to: 25)
    #expect(scene.network.account(.carol).available == .tokens(70))
    let returned = StakeReturned(
      unbonding: receipt.created, delegator: StakingScene.carol, paid: .tokens(12), burned: .zero)
    #expect(scene.network.runBlock().events == [EventEntry(returned)])
    #expect(scene.network.account(.carol).available == .tokens(82))
    #expect(try scene.holdings(.carol).unbonding == .zero)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "counts from the end of the epoch, whenever in it the stake leaves",
    arguments: [(1, 26), (4, 26), (5, 26), (6, 31)] as [(UInt64, UInt64)])
  func maturity(leaving height: UInt64, matures: UInt64) throws {
    var scene = try StakingScene.bonded()
    scene.run(to: height)
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(1)), from: .carol)
    #expect(try scene.network.answer(UnbondingsOf(owner: StakingScene.carol)).unbondings.map(\.matures) == [matures])
  }

  @Test("pays as many in a block as the network does, and the rest in the next ones, in order")
  func bounded() throws {
    var scene = try StakingScene.bonded()
    for _ in 0..<5 {
      try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(2)), from: .carol)
    }
    scene.run(to: 25)
    var paid: [UInt64] = []
    for _ in 0..<4 {
      scene.network.runBlock()
      paid.append(scene.network.account(.carol).available.nano / Amount.unitsPerToken)
      #expect(scene.network.violations.isEmpty)
    }
    #expect(paid == [74, 78, 80, 80])
  }

  @Test("of everything leaves no share behind, though less than the minimum was left")
  func everything() throws {
    var scene = try StakingScene.bonded(parameters: .small(downtimeSlash: 3_333))
    scene.run(4, missing: [.alice])
    // 30 of 50 · 10⁹ shares, which are worth 33.335 CPTM.
    let worth = try scene.holdings(.carol).staked
    #expect(worth == Amount(nano: 20_001_000_000))
    let half = Amount(nano: worth.nano - 500_000_001)
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: half), from: .carol)
    // The shares that cover it are rounded up: one nano-CPTM of the rest is everybody's now.
    let rest = try scene.holdings(.carol).staked
    #expect(rest == Amount(nano: 500_000_000) || rest == Amount(nano: 500_000_001))
    try scene.network.apply(Unbond(validator: StakingScene.alice, amount: rest), from: .carol)
    #expect(try scene.network.answer(DelegationsOf(owner: StakingScene.carol)).delegations.isEmpty)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("of an operator below its least stake costs it the next election")
  func operatorLeaves() throws {
    var scene = StakingScene(parameters: .small(minimumSelfBond: .tokens(10)))
    try scene.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(1)), from: .bob)
    #expect(try !scene.validator(.bob).isEligible)
    scene.run(to: 4)
    #expect(scene.powers == ["alice": 20_000, "bob": 10_000])
    scene.network.runBlock()
    #expect(scene.powers == ["alice": 20_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") {
        try $0.network.apply(Unbond(validator: StakingScene.unknown, amount: .zero), from: .carol)
      },
      Refusal("staking.insufficientStake") {
        let more = Amount(nano: Amount.tokens(30).nano + 1)
        try $0.network.apply(Unbond(validator: StakingScene.alice, amount: more), from: .carol)
      },
      Refusal("staking.insufficientStake") {
        try $0.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(1)), from: .carol)
      },
      Refusal("staking.stakeLocked") {
        let move = Redelegate(from: StakingScene.alice, to: StakingScene.bob, amount: .tokens(4))
        try $0.network.apply(move, from: .carol)
        try $0.network.apply(Bond(validator: StakingScene.bob, amount: .tokens(2)), from: .carol)
        try $0.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(3)), from: .carol)
      },
      Refusal("staking.belowMinimum") {
        let little = Amount(nano: Amount.tokens(1).nano - 1)
        try $0.network.apply(Unbond(validator: StakingScene.alice, amount: little), from: .carol)
      },
      Refusal("staking.belowMinimum") {
        try $0.network.apply(Unbond(validator: StakingScene.bob, amount: .zero), from: .carol)
      }
    ]) func refused(row: Refusal<StakingScene>) throws
  { #expect(row.outcome(in: try .bonded()) == row.reason) }
}

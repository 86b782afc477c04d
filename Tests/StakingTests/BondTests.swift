import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Staking

@Suite("Bond")
struct BondTests {
  @Test("locks tokens for as many shares, and says so")
  func bonds() throws {
    var scene = StakingScene()
    let receipt = try scene.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(30)), from: .carol)
    let bonded = Bonded(delegator: StakingScene.carol, validator: StakingScene.alice, amount: .tokens(30))
    #expect(receipt.events == [EventEntry(bonded)])
    let validator = try scene.validator(.alice)
    #expect(validator.tokens == .tokens(50) && validator.shares == Amount.tokens(50).nano)
    let holdings = try scene.holdings(.carol)
    #expect(holdings.available == .tokens(70) && holdings.staked == .tokens(30) && holdings.isComplete)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("gives shares at what they are worth after a slash, rounded down; the remainder is everybody's")
  func afterSlash() throws {
    var scene = try StakingScene.bonded(parameters: .small(doubleSignSlash: 0, downtimeSlash: 3_333))
    scene.run(4, missing: [.alice])
    // 50 CPTM less 33.33 % are 33.335 CPTM for 50 · 10⁹ shares.
    #expect(try scene.validator(.alice).tokens == Amount(nano: 33_335_000_000))
    try scene.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(10)), from: .bob)
    let found = try scene.network.answer(DelegationsOf(owner: StakingScene.bob)).delegations
    let delegation = try #require(found.first { $0.validator == StakingScene.alice })
    // 10 · 50 ÷ 33.335 = 14.99925003749812…
    #expect(delegation.shares == 14_999_250_037)
    #expect(delegation.worth == Amount(nano: 9_999_999_999))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("with a validator that everybody left begins at one for one again")
  func again() throws {
    var scene = StakingScene()
    try scene.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(10)), from: .bob)
    #expect(try scene.validator(.bob).shares == 0)
    try scene.network.apply(Bond(validator: StakingScene.bob, amount: .tokens(7)), from: .carol)
    #expect(try scene.validator(.bob).shares == Amount.tokens(7).nano)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.belowMinimum") {
        let little = Amount(nano: Amount.tokens(1).nano - 1)
        try $0.network.apply(Bond(validator: StakingScene.unknown, amount: little), from: .pauper)
      },
      Refusal("money.insufficientFunds") {
        try $0.network.apply(Bond(validator: StakingScene.unknown, amount: .tokens(1)), from: .pauper)
      },
      Refusal("staking.unknownValidator") {
        try $0.network.apply(Bond(validator: StakingScene.unknown, amount: .tokens(1)), from: .carol)
      },
      Refusal("staking.tombstoned") {
        $0.runBlock(provingFaultOf: .alice, at: 1)
        try $0.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(1)), from: .carol)
      },
      Refusal("staking.worthlessShares") {
        $0 = StakingScene(parameters: .small(downtimeSlash: 10_000))
        $0.run(4, missing: [.alice])
        try $0.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(1)), from: .carol)
      },
      Refusal("staking.tooManyShares") {
        // Two slashes leave 200 nano-CPTM for 20 · 10⁹ shares; 190 CPTM would be 1.9 · 10¹⁹ more of them.
        $0 = StakingScene(
          parameters: .small(
            minimumSelfBond: .zero, powerUnit: Amount(nano: 16), downtimeSlash: 9_999, downtimeJailSeconds: 1))
        $0.run(4, missing: [.alice])
        $0.run(2)
        try $0.network.apply(Unjail(), from: .alice)
        $0.run(5)
        $0.run(4, missing: [.alice])
        try $0.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(100)), from: .carol)
        try $0.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(90)), from: .bob)
      }
    ]) func refused(row: Refusal<StakingScene>)
  { #expect(row.outcome(in: StakingScene()) == row.reason) }
}

import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Staking

@Suite("RegisterValidator")
struct RegisterValidatorTests {
  @Test("bonds the operator's own stake, and says so")
  func registers() throws {
    var scene = StakingScene()
    let receipt = try scene.network.apply(RegisterValidator.sound(selfBond: .tokens(15)), from: .carol)
    let validator = try scene.validator(.carol)
    #expect(validator.tokens == .tokens(15) && validator.shares == Amount.tokens(15).nano && validator.isEligible)
    #expect(validator.registered == 1 && validator.commissionChanged == scene.network.moment.time)
    #expect(scene.network.account(.carol).available == .tokens(85))
    let registered = ValidatorRegistered(
      validator: StakingScene.carol, consensusKey: TestAccount.carol.node.publicKey, name: "another validator",
      commissionBasisPoints: 500, selfBond: .tokens(15))
    #expect(receipt.events == [EventEntry(registered)])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("is elected at the end of the epoch, in the place of who has less")
  func elected() throws {
    var scene = StakingScene()
    try scene.network.apply(RegisterValidator.sound(selfBond: .tokens(15)), from: .carol)
    scene.run(to: 4)
    #expect(scene.powers == ["alice": 20_000, "bob": 10_000])
    let results = scene.network.runBlock()
    #expect(scene.powers == ["alice": 20_000, "carol": 15_000])
    let told = [
      ValidatorPower(key: TestAccount.bob.node.publicKey, power: 0),
      ValidatorPower(key: TestAccount.carol.node.publicKey, power: 15_000)
    ]
    #expect(results.validators == told.sorted { $0.key < $1.key })
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<StakingScene>("staking.proofOfKeyFails") {
        try $0.network.apply(RegisterValidator.sound(of: .carol), from: .bob)
      },
      Refusal("staking.proofOfKeyFails") {
        try $0.network.apply(RegisterValidator.sound(on: "other-chain"), from: .carol)
      },
      Refusal("staking.invalidName") {
        try $0.network.apply(RegisterValidator.sound(name: "", commission: 10_001), from: .carol)
      },
      Refusal("staking.invalidName") {
        let name = String(repeating: "é", count: 31)
        try $0.network.apply(RegisterValidator.sound(name: name), from: .carol)
      },
      Refusal("staking.invalidCommission") {
        try $0.network.apply(RegisterValidator.sound(of: .alice, commission: 10_001), from: .alice)
      },
      Refusal("staking.invalidCommission") {
        try $0.network.apply(RegisterValidator.sound(maximumDailyChange: 10_001), from: .carol)
      },
      Refusal("staking.alreadyRegistered") {
        try $0.network.apply(RegisterValidator.sound(of: .alice), from: .alice)
      },
      Refusal("staking.keyTaken") {
        let taken = RegisterValidator.sound(with: TestAccount.bob.node, selfBond: .zero)
        try $0.network.apply(taken, from: .carol)
      },
      Refusal("staking.selfBondTooLow") {
        let poor = RegisterValidator.sound(of: .pauper, selfBond: Amount(nano: Amount.tokens(5).nano - 1))
        try $0.network.apply(poor, from: .pauper)
      },
      Refusal("money.insufficientFunds") {
        try $0.network.apply(RegisterValidator.sound(selfBond: .tokens(101)), from: .carol)
      }
    ]) func refused(row: Refusal<StakingScene>)
  { #expect(row.outcome(in: StakingScene()) == row.reason) }
}

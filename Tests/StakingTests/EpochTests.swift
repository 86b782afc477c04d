import Cryptography
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Staking

@Suite("Epochs")
struct EpochTests {
  @Test("begin with the genesis validators, in the order of their keys")
  func genesis() {
    let scene = StakingScene()
    let active = scene.network.ledger.validators(in: scene.network.state)
    #expect(active.map(\.key) == StakingScene.operators.map(\.node.publicKey).sorted())
    #expect(scene.powers == ["alice": 20_000, "bob": 10_000])
    #expect(scene.network.ledger.evidenceAgeBlocks(in: scene.network.state) == 20)
    #expect(scene.network.account(.alice).available == .tokens(80))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("change the active set once, and tell the engine what changed and no more")
  func changes() throws {
    var scene = StakingScene()
    try scene.network.apply(Bond(validator: StakingScene.alice, amount: .tokens(30)), from: .carol)
    for height in 2...12 as ClosedRange<UInt64> {
      let told = scene.network.runBlock().validators
      let expected = [ValidatorPower(key: TestAccount.alice.node.publicKey, power: 50_000)]
      #expect(told == (height == 5 ? expected : []), "height \(height)")
    }
  }

  @Test("leave the active set as it is when nobody may be elected")
  func nobody() throws {
    var scene = StakingScene()
    for account in StakingScene.operators {
      let all = try scene.validator(account).tokens
      try scene.network.apply(Unbond(validator: account.address, amount: all), from: account)
    }
    scene.run(to: 11)
    #expect(scene.powers == ["alice": 20_000, "bob": 10_000])
    try scene.network.apply(Bond(validator: StakingScene.bob, amount: .tokens(6)), from: .bob)
    scene.run(to: 15)
    #expect(scene.powers == ["bob": 6_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("leave out stake below a unit of power")
  func powerless() throws {
    var scene = StakingScene(parameters: .small(minimumSelfBond: .zero, powerUnit: .tokens(10)))
    try scene.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(1)), from: .bob)
    scene.run(to: 5)
    #expect(scene.powers == ["alice": 2])
  }

  @Test("keep what a validator missed who goes and comes back")
  func records() throws {
    var scene = StakingScene()
    scene.run(2, missing: [.bob])
    try scene.network.apply(Unbond(validator: StakingScene.bob, amount: .tokens(10)), from: .bob)
    scene.run(to: 6)
    #expect(scene.powers == ["alice": 20_000])
    try scene.network.apply(Bond(validator: StakingScene.bob, amount: .tokens(10)), from: .bob)
    scene.run(to: 10)
    #expect(try scene.network.answer(SigningRecordOf(validator: StakingScene.bob)).missed == 2)
  }
}

import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Testing

@testable import Staking

@Suite("Downtime")
struct DowntimeTests {
  @Test("costs nothing up to the last block that may be missed, and then a part and a time in jail")
  func jails() throws {
    var scene = StakingScene()
    scene.run(3, missing: [.alice])
    #expect(try scene.network.answer(SigningRecordOf(validator: StakingScene.alice)).missed == 3)
    #expect(try scene.validator(.alice).jailedUntil == nil)
    let results = try #require(scene.run(missing: [.alice]).first)
    let release = scene.network.moment.time.adding(seconds: 30)
    let slashed = Slashed(
      validator: StakingScene.alice, faultHeight: 4, basisPoints: 100, burned: Amount(nano: 200_000_000))
    let jailed = Jailed(validator: StakingScene.alice, until: release)
    #expect(results.events.prefix(2) == [EventEntry(slashed), EventEntry(jailed)])
    #expect(results.validators.contains(ValidatorPower(key: TestAccount.alice.node.publicKey, power: 0)))
    #expect(try scene.validator(.alice).tokens == Amount(nano: 19_800_000_000))
    #expect(scene.powers == ["bob": 10_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("of the last validator is punished, but it goes on")
  func last() throws {
    var scene = StakingScene(parameters: .small(maximumValidators: 1))
    scene.run(to: 5)
    scene.run(4, missing: [.alice])
    #expect(try scene.validator(.alice).jailedUntil != nil)
    #expect(scene.powers == ["alice": 20_000])
    #expect(try scene.network.answer(SigningRecordOf(validator: StakingScene.alice)).missed == 0)
    scene.run(4, missing: [.alice])
    #expect(try scene.validator(.alice).slashes == 1)
    // Bob was waiting.
    #expect(scene.powers == ["bob": 10_000])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("is not forgotten while the validator stays away from the active set")
  func comesBack() throws {
    var scene = StakingScene(parameters: .small(minimumSelfBond: .tokens(10), windowBlocks: 40))
    scene.run(3, missing: [.bob])
    try scene.network.apply(Unbond(validator: TestAccount.bob.address, amount: .tokens(1)), from: .bob)
    scene.run(5)
    #expect(scene.powers == ["alice": 20_000])
    #expect(scene.network.violations.isEmpty)
    try scene.network.apply(Bond(validator: TestAccount.bob.address, amount: .tokens(1)), from: .bob)
    scene.run(5)
    #expect(scene.powers == ["alice": 20_000, "bob": 10_000])
    #expect(try scene.network.answer(SigningRecordOf(validator: TestAccount.bob.address)).missed == 3)
    scene.run(1, missing: [.bob])
    #expect(try scene.validator(.bob).jailedUntil != nil)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("is counted over a window that slides", arguments: [(0, 20), (2, 1_000), (3, 9)] as [(UInt64, UInt64)])
  func window(since: UInt64, length: UInt64) throws {
    var random = Random(seed: length)
    var record = SigningRecord(since: since)
    var history: [Bool] = []
    for height in since..<since + 3_000 {
      let isMissed = random.below(5) == 0
      history.append(isMissed)
      let former = record
      let changed = record.note(missed: isMissed, at: height, windowBlocks: length)
      #expect(changed == (former != record))
      #expect(record.missed == history.suffix(Int(length)).count { $0 })
      #expect(record.window.array.count <= (Int(length) + 7) / 8)
    }
  }

  @Test("is not counted before the validator was there")
  func before() {
    var record = SigningRecord(since: 5)
    let changed = record.note(missed: true, at: 4, windowBlocks: 8)
    #expect(!changed && record == SigningRecord(since: 5))
  }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Staking

@Suite("The queries of staking")
struct StakingQueryTests {
  @Test("list validators by their stake, those that may be elected first", arguments: [1, 2, 3] as [UInt32])
  func validators(limit: UInt32) throws {
    var scene = StakingScene()
    try scene.network.apply(RegisterValidator.sound(selfBond: .tokens(30)), from: .carol)
    scene.runBlock(provingFaultOf: .alice, at: 1)
    var found: [ValidatorEntry] = []
    var next: Address?
    repeat {
      let page = try scene.network.answer(ValidatorsOf(from: next, limit: limit))
      #expect(page.validators.count <= Int(limit))
      found += page.validators
      next = page.next
    } while next != nil
    #expect(found.map(\.account) == [StakingScene.carol, StakingScene.bob, StakingScene.alice])
    #expect(found.map(\.power) == [0, 10_000, 0])
  }

  @Test("list an account's delegations and unbondings, page by page")
  func pages() throws {
    var scene = try StakingScene.bonded()
    try scene.network.apply(Bond(validator: StakingScene.bob, amount: .tokens(5)), from: .carol)
    for _ in 0..<5 {
      try scene.network.apply(Unbond(validator: StakingScene.alice, amount: .tokens(2)), from: .carol)
    }
    let first = try scene.network.answer(DelegationsOf(owner: StakingScene.carol, limit: 1))
    let second = try scene.network.answer(DelegationsOf(owner: StakingScene.carol, from: first.next, limit: 1))
    #expect((first.delegations + second.delegations).map(\.worth).total == .tokens(25) && second.next == nil)
    var found: [UnbondingEntry] = []
    var next: UnbondingPlace?
    repeat {
      let page = try scene.network.answer(UnbondingsOf(owner: StakingScene.carol, from: next, limit: 2))
      found += page.unbondings
      next = page.next
    } while next != nil
    #expect(Set(found.map(\.id)).count == 5 && found.map(\.worth).total == .tokens(10))
  }

  @Test("sum up an account, and say when there is more of it than they count")
  func holdings() throws {
    var scene = try StakingScene.bonded(parameters: .small(minimumBond: Amount(nano: 1)))
    for _ in 0..<101 {
      try scene.network.apply(Unbond(validator: StakingScene.alice, amount: Amount(nano: 3)), from: .carol)
    }
    let holdings = try scene.holdings(.carol)
    #expect(!holdings.isComplete && holdings.unbonding == Amount(nano: 300))
    #expect(holdings.available == .tokens(70) && holdings.held == .zero && holdings.bonded == .zero)
    #expect(holdings.staked == Amount(nano: 30_000_000_000 - 303) && holdings.rewards == .zero)
    #expect(try scene.holdings(.pauper).isComplete)
  }

  @Test("name the rows that they rest on")
  func evidence() throws {
    let scene = try StakingScene.bonded()
    let keys =
      ValidatorOf(validator: StakingScene.alice).evidence
      + RewardsOf(owner: StakingScene.carol, validator: StakingScene.alice).evidence
      + SigningRecordOf(validator: StakingScene.alice).evidence
    #expect(keys.count == 4)
    for key in keys { #expect(scene.network.backing.value(at: key) != nil) }
  }

  @Test(
    "are refused",
    arguments: [
      Refusal<StakingScene>("staking.unknownValidator") {
        _ = try $0.network.answer(ValidatorOf(validator: StakingScene.unknown))
      },
      Refusal("staking.unknownValidator") { _ = try $0.network.answer(ValidatorsOf(from: StakingScene.unknown)) },
      Refusal("staking.unknownValidator") {
        _ = try $0.network.answer(RewardsOf(owner: StakingScene.carol, validator: StakingScene.unknown))
      },
      Refusal("staking.unknownValidator") {
        _ = try $0.network.answer(SigningRecordOf(validator: StakingScene.unknown))
      },
      Refusal("staking.notActive") {
        try $0.network.apply(RegisterValidator.sound(), from: .carol)
        _ = try $0.network.answer(SigningRecordOf(validator: StakingScene.carol))
      }
    ]) func refused(row: Refusal<StakingScene>)
  { #expect(row.outcome(in: StakingScene()) == row.reason) }
}

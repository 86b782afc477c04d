import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("DeclineOrder")
struct DeclineOrderTests {
  @Test("returns the budget, and tells the buyer why")
  func declines() throws {
    var scene = try MarketScene.funded()
    let receipt = try scene.network.apply(DeclineOrder(deal: scene.deal, reason: "too hot"), from: .bob)
    #expect(scene.network.account(.alice).available == TestNetwork.balance)
    #expect(try scene.found().state == .declined)
    let declined = OrderDeclined(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address, reason: "too hot")
    #expect(receipt.events.last == EventEntry(declined))
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") {
        try $0.network.apply(DeclineOrder(deal: MarketScene.unknown, reason: ""), from: .alice)
      },
      Refusal("market.wrongState") {
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
        try $0.network.apply(DeclineOrder(deal: $0.deal, reason: ""), from: .alice)
      },
      Refusal("market.notTheProvider") {
        try $0.network.apply(DeclineOrder(deal: $0.deal, reason: ""), from: .alice)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .funded()) == row.reason) }
}

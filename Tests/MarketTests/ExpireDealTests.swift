import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("ExpireDeal")
struct ExpireDealTests {
  private static let penalty = Amount(nano: MarketScene.bond.nano / 5)

  @Test("returns the budget of an order that lay unanswered")
  func unanswered() throws {
    var scene = try MarketScene.funded()
    scene.network.advance(seconds: MarketScene.acceptWithin)
    let receipt = try scene.network.apply(ExpireDeal(deal: scene.deal), from: .carol)
    #expect(scene.network.account(.alice).available == TestNetwork.balance)
    #expect(scene.network.account(.bob).bonded == MarketScene.bond)
    #expect(receipt.events.last == EventEntry(Self.expired(scene, penalty: .zero)))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("pays the buyer from the bond when the deadline was missed")
  func missed() throws {
    var scene = try MarketScene.active()
    scene.network.advance(seconds: MarketScene.deliverWithin)
    let receipt = try scene.network.apply(ExpireDeal(deal: scene.deal), from: .carol)
    #expect(scene.network.account(.alice).available == (try TestNetwork.balance.adding(Self.penalty)))
    #expect(scene.network.account(.bob).bonded == MarketScene.bond.remaining(after: Self.penalty))
    #expect(try scene.found().state == .expired)
    #expect(receipt.events.last == EventEntry(Self.expired(scene, penalty: Self.penalty)))
    #expect(try scene.network.answer(OfferOf(offer: scene.offer)).running == 0)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("frees what is left of the bond when the offer was closed meanwhile")
  func missedAndClosed() throws {
    var scene = try MarketScene.active()
    try scene.network.apply(CloseOffer(offer: scene.offer), from: .bob)
    scene.network.advance(seconds: MarketScene.deliverWithin)
    try scene.network.apply(ExpireDeal(deal: scene.deal), from: .alice)
    #expect(scene.network.account(.bob).available == TestNetwork.balance.remaining(after: Self.penalty))
    #expect(scene.network.account(.bob).bonded == .zero)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("accepts a result that nobody looked at in time")
  func unreviewed() throws {
    var scene = try MarketScene.submitted()
    scene.network.advance(seconds: MarketScene.reviewWithin)
    try scene.network.apply(ExpireDeal(deal: scene.deal), from: .carol)
    #expect(try scene.found().state == .completed)
    #expect(try scene.found().paid == Amount(nano: 300_000_000))
    #expect(scene.network.violations.isEmpty)
  }

  private static func expired(_ scene: MarketScene, penalty: Amount) -> DealExpired {
    DealExpired(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address,
      refunded: MarketScene.budget, penalty: penalty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") {
        try $0.network.apply(ExpireDeal(deal: MarketScene.unknown), from: .carol)
      },
      Refusal("market.wrongState") {
        try $0.network.apply(AcceptResult(deal: $0.deal), from: .alice)
        try $0.network.apply(ExpireDeal(deal: $0.deal), from: .carol)
      },
      Refusal("market.notYetDue") {
        $0.network.advance(seconds: MarketScene.reviewWithin - 1)
        try $0.network.apply(ExpireDeal(deal: $0.deal), from: .bob)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .submitted()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("PlaceOrder")
struct PlaceOrderTests {
  private static let longest = MarketParameters.standard.maximumTermSeconds

  @Test("sets the budget aside and waits for the provider")
  func places() throws {
    var scene = try MarketScene()
    let receipt = try scene.network.apply(PlaceOrder.sound(for: scene.offer), from: .alice)
    #expect(scene.network.account(.alice).held == MarketScene.budget)
    let deal = try scene.found(receipt.created)
    #expect(deal.state == .funded && deal.order == receipt.id && deal.pricePerSecond == MarketScene.price)
    #expect(deal.due == scene.network.moment.time.adding(seconds: MarketScene.acceptWithin))
    let placed = OrderPlaced(
      deal: receipt.created, offer: scene.offer, buyer: TestAccount.alice.address, provider: TestAccount.bob.address,
      job: MarketScene.job, budget: MarketScene.budget)
    #expect(receipt.events.last == EventEntry(placed))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("takes the least budget and the longest terms")
  func limits() throws {
    var scene = try MarketScene()
    let order = PlaceOrder.sound(
      for: scene.offer, budget: MarketScene.price, deliverWithin: Self.longest, reviewWithin: Self.longest)
    try scene.network.apply(order, from: .alice)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownOffer") {
        try $0.network.apply(PlaceOrder.sound(for: MarketScene.unknown, budget: .zero), from: .bob)
      },
      Refusal("market.offerClosed") {
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: .zero), from: .bob)
      },
      Refusal("market.bondTooLow") {
        $0.network.advance(seconds: MarketScene.deliverWithin)
        try $0.network.apply(ExpireDeal(deal: $0.deal), from: .alice)
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: .zero), from: .bob)
      },
      Refusal("market.ownOffer") {
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: .zero, deliverWithin: 0), from: .bob)
      },
      Refusal("market.invalidTerms") {
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: .zero, deliverWithin: 0), from: .pauper)
      },
      Refusal("market.invalidTerms") {
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: .zero, reviewWithin: 0), from: .pauper)
      },
      Refusal("market.invalidTerms") {
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, deliverWithin: longest + 1), from: .alice)
      },
      Refusal("market.budgetTooLow") {
        let little = Amount(nano: MarketScene.price.nano - 1)
        try $0.network.apply(PlaceOrder.sound(for: $0.offer, budget: little), from: .pauper)
      },
      Refusal("money.insufficientFunds") {
        try $0.network.apply(PlaceOrder.sound(for: $0.offer), from: .pauper)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .active()) == row.reason) }
}

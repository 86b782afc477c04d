import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("AcceptOrder")
struct AcceptOrderTests {
  @Test("starts the time to deliver and takes a place")
  func accepts() throws {
    var scene = try MarketScene.funded()
    scene.network.advance(seconds: MarketScene.acceptWithin - 1)
    let receipt = try scene.network.apply(AcceptOrder(deal: scene.deal), from: .bob)
    let due = scene.network.moment.time.adding(seconds: MarketScene.deliverWithin)
    let deal = try scene.found()
    #expect(deal.state == .active && deal.due == due && deal.acceptance == receipt.id)
    #expect(deal.accepted == scene.network.moment.time)
    #expect(try scene.network.answer(OfferOf(offer: scene.offer)).running == 1)
    let accepted = OrderAccepted(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address, due: due)
    #expect(receipt.events == [EventEntry(accepted)])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") {
        try $0.network.apply(AcceptOrder(deal: MarketScene.unknown), from: .alice)
      },
      Refusal("market.wrongState") {
        try $0.network.apply(CancelOrder(deal: $0.deal), from: .alice)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .alice)
      },
      Refusal("market.notTheProvider") {
        $0.network.advance(seconds: MarketScene.acceptWithin)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .alice)
      },
      Refusal("market.deadlinePassed") {
        $0.network.advance(seconds: MarketScene.acceptWithin)
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
      },
      Refusal("market.unknownOffer") {
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
      },
      Refusal("market.offerClosed") {
        let other = try $0.order(from: .carol)
        try $0.network.apply(AcceptOrder(deal: other), from: .bob)
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
      },
      Refusal("market.bondTooLow") {
        let late = try $0.order(from: .carol)
        try $0.network.apply(AcceptOrder(deal: late), from: .bob)
        $0.network.advance(seconds: MarketScene.deliverWithin - 1)
        let next = try $0.order(from: .carol)
        $0.network.advance(seconds: 1)
        try $0.network.apply(ExpireDeal(deal: late), from: .carol)
        try $0.network.apply(AcceptOrder(deal: next), from: .bob)
      },
      Refusal("market.capacityExhausted") {
        let other = try $0.order(from: .carol)
        try $0.network.apply(AcceptOrder(deal: other), from: .bob)
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .funded()) == row.reason) }
}

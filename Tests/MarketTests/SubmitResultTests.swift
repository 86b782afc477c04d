import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("SubmitResult")
struct SubmitResultTests {
  @Test("starts the time to review and frees the place")
  func submits() throws {
    var scene = try MarketScene.active()
    scene.network.advance(seconds: MarketScene.deliverWithin - 1)
    let usage = 1000 * (MarketScene.deliverWithin - 1)
    let submit = SubmitResult(deal: scene.deal, result: MarketScene.result, usageMilliseconds: usage)
    let receipt = try scene.network.apply(submit, from: .bob)
    let deal = try scene.found()
    #expect(deal.state == .submitted && deal.result == MarketScene.result && deal.submission == receipt.id)
    #expect(deal.due == scene.network.moment.time.adding(seconds: MarketScene.reviewWithin))
    #expect(try scene.network.answer(OfferOf(offer: scene.offer)).running == 0)
    let submitted = ResultSubmitted(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address,
      result: MarketScene.result, usageMilliseconds: usage)
    #expect(receipt.events == [EventEntry(submitted)])
    #expect(scene.network.violations.isEmpty)
  }

  private static func submit(
    _ deal: Identifier, usage: UInt64 = 1, from sender: TestAccount, in scene: inout MarketScene
  ) throws {
    let submit = SubmitResult(deal: deal, result: MarketScene.result, usageMilliseconds: usage)
    try scene.network.apply(submit, from: sender)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") { try submit(MarketScene.unknown, from: .alice, in: &$0) },
      Refusal("market.wrongState") {
        let waiting = try $0.order()
        try submit(waiting, from: .alice, in: &$0)
      },
      Refusal("market.notTheProvider") {
        $0.network.advance(seconds: MarketScene.deliverWithin)
        try submit($0.deal, from: .alice, in: &$0)
      },
      Refusal("market.deadlinePassed") {
        $0.network.advance(seconds: MarketScene.deliverWithin)
        try submit($0.deal, usage: .max, from: .bob, in: &$0)
      },
      Refusal("market.usageTooHigh") {
        $0.network.advance(seconds: 10)
        try submit($0.deal, usage: 10_001, from: .bob, in: &$0)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .active()) == row.reason) }
}

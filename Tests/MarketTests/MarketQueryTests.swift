import Cryptography
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Market

@Suite("The market's queries")
struct MarketQueryTests {
  @Test("A quote names the price of the time asked for, and what answers for it")
  func quote() throws {
    let scene = try MarketScene()
    let quote = try scene.network.answer(QuoteOf(offer: scene.offer, seconds: 60))
    #expect(quote.isAvailable && quote.refusal == nil && quote.freeCapacity == 1)
    #expect(quote.cost == MarketScene.budget && quote.bond == MarketScene.bond)
  }

  @Test("A quote says why an order would not be taken")
  func refusal() throws {
    var scene = try MarketScene.active()
    #expect(try scene.network.answer(QuoteOf(offer: scene.offer, seconds: 1)).refusal == "all 1 places are taken")
    try scene.network.apply(CloseOffer(offer: scene.offer), from: .bob)
    let refusal = try scene.network.answer(QuoteOf(offer: scene.offer, seconds: 1)).refusal
    #expect(refusal?.hasPrefix("market.offerClosed: ") == true)
  }

  @Test("The evidence of a quote is what it rests on")
  func evidence() throws {
    let scene = try MarketScene()
    let quote = QuoteOf(offer: scene.offer, seconds: 1)
    #expect(quote.evidence.count == 3)
    for key in quote.evidence { #expect(scene.network.backing.value(at: key) != nil) }
  }

  @Test("Pages of live deals follow each other without gaps", arguments: [1, 2, 3, 5] as [UInt32])
  func pages(limit: UInt32) throws {
    var scene = try MarketScene()
    var placed: [Identifier] = []
    for _ in 0..<5 { placed.append(try scene.order()) }
    var found: [Identifier] = []
    var next: Identifier?
    repeat {
      let page = try scene.network.answer(LiveDealsOf(offer: scene.offer, from: next, limit: limit))
      #expect(page.deals.count <= Int(limit))
      found += page.deals.map(\.deal)
      next = page.next
    } while next != nil
    #expect(found == placed.sorted())
  }

  @Test("A parameter that would take more than the whole bond is refused at genesis")
  func genesis() {
    let standard = MarketParameters.standard
    let parameters = MarketParameters(
      minimumBond: standard.minimumBond, missedDeadlinePenaltyBasisPoints: 10_001,
      acceptWithinSeconds: standard.acceptWithinSeconds, maximumTermSeconds: standard.maximumTermSeconds)
    var state = State(MemoryBacking())
    #expect(throws: Rejection.self) { try Market.begin(MarketGenesis(parameters: parameters), in: &state) }
  }

  @Test(
    "are refused",
    arguments: [
      Refusal<MarketScene>("market.unknownOffer") { _ = try $0.network.answer(OfferOf(offer: MarketScene.unknown)) },
      Refusal("market.unknownDeal") { _ = try $0.network.answer(DealOf(deal: MarketScene.unknown)) },
      Refusal("market.unknownOffer") {
        _ = try $0.network.answer(QuoteOf(offer: MarketScene.unknown, seconds: 1))
      },
      Refusal("ledger.overflow") { _ = try $0.network.answer(QuoteOf(offer: $0.offer, seconds: .max)) }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try MarketScene()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("CloseOffer")
struct CloseOfferTests {
  @Test("returns the bond of an idle offer at once, and the offer goes")
  func idle() throws {
    var scene = try MarketScene()
    let receipt = try scene.network.apply(CloseOffer(offer: scene.offer), from: .bob)
    #expect(scene.network.account(.bob).available == TestNetwork.balance)
    #expect(scene.network.account(.bob).bonded == .zero)
    #expect(try scene.network.answer(OffersOf()).offers.isEmpty)
    let closed = OfferClosed(offer: scene.offer, provider: TestAccount.bob.address)
    #expect(receipt.events.first == EventEntry(closed))
    #expect(scene.network.violations.isEmpty)
  }

  @Test("keeps the bond while a job runs, and returns it when the last one ends")
  func busy() throws {
    var scene = try MarketScene.active()
    try scene.network.apply(CloseOffer(offer: scene.offer), from: .bob)
    #expect(scene.network.account(.bob).bonded == MarketScene.bond)
    let submit = SubmitResult(deal: scene.deal, result: MarketScene.result, usageMilliseconds: 0)
    try scene.network.apply(submit, from: .bob)
    #expect(scene.network.account(.bob).bonded == .zero)
    try scene.network.apply(AcceptResult(deal: scene.deal), from: .alice)
    #expect(scene.network.account(.alice).available == TestNetwork.balance)
    #expect(scene.network.violations.isEmpty)
  }

  @Test("leaves a waiting order to be cancelled")
  func waiting() throws {
    var scene = try MarketScene.funded()
    try scene.network.apply(CloseOffer(offer: scene.offer), from: .bob)
    try scene.network.apply(CancelOrder(deal: scene.deal), from: .alice)
    #expect(scene.network.account(.alice).available == TestNetwork.balance)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownOffer") {
        try $0.network.apply(CloseOffer(offer: MarketScene.unknown), from: .alice)
      },
      Refusal("market.notTheProvider") {
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .alice)
      },
      Refusal("market.offerClosed") {
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
        try $0.network.apply(CloseOffer(offer: $0.offer), from: .bob)
      }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .active()) == row.reason) }
}

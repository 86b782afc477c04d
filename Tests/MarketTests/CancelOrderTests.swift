import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("CancelOrder")
struct CancelOrderTests {
  @Test("returns the budget")
  func cancels() throws {
    var scene = try MarketScene.funded()
    let receipt = try scene.network.apply(CancelOrder(deal: scene.deal), from: .alice)
    #expect(scene.network.account(.alice).available == TestNetwork.balance)
    #expect(try scene.found().state == .cancelled)
    #expect(try scene.found().refunded == MarketScene.budget)
    let cancelled = OrderCancelled(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address)
    #expect(receipt.events.last == EventEntry(cancelled))
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") {
        try $0.network.apply(CancelOrder(deal: MarketScene.unknown), from: .carol)
      },
      Refusal("market.wrongState") {
        try $0.network.apply(AcceptOrder(deal: $0.deal), from: .bob)
        try $0.network.apply(CancelOrder(deal: $0.deal), from: .carol)
      },
      Refusal("market.notTheBuyer") { try $0.network.apply(CancelOrder(deal: $0.deal), from: .bob) }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .funded()) == row.reason) }
}

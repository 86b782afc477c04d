import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("AcceptResult")
struct AcceptResultTests {
  @Test("pays the use and returns the rest")
  func pays() throws {
    var scene = try MarketScene.submitted()
    let receipt = try scene.network.apply(AcceptResult(deal: scene.deal), from: .alice)
    let paid = Amount(nano: 300_000_000)
    #expect(scene.network.account(.alice).available == TestNetwork.balance.remaining(after: paid))
    #expect(scene.network.account(.alice).held == .zero)
    #expect(scene.network.account(.bob).available.nano == TestNetwork.balance.nano - MarketScene.bond.nano + paid.nano)
    let completed = DealCompleted(
      deal: scene.deal, buyer: TestAccount.alice.address, provider: TestAccount.bob.address, paid: paid,
      refunded: paid)
    #expect(receipt.events.last == EventEntry(completed))
    #expect(try scene.found().state == .completed)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "rounds the price down, and never takes more than the budget",
    arguments: [(0, 0), (1, 10_000), (30_000, 300_000_000), (60_000, 600_000_000), (70_000, 600_000_000)]
      as [(UInt64, UInt64)])
  func cost(usage: UInt64, paid: UInt64) throws {
    var scene = try MarketScene()
    let order = PlaceOrder.sound(for: scene.offer, deliverWithin: 80)
    let deal = try scene.network.apply(order, from: .alice).created
    try scene.network.apply(AcceptOrder(deal: deal), from: .bob)
    scene.network.advance(seconds: 70)
    let submit = SubmitResult(deal: deal, result: MarketScene.result, usageMilliseconds: usage)
    try scene.network.apply(submit, from: .bob)
    try scene.network.apply(AcceptResult(deal: deal), from: .alice)
    #expect(try scene.found(deal).paid.nano == paid)
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<MarketScene>("market.unknownDeal") {
        try $0.network.apply(AcceptResult(deal: MarketScene.unknown), from: .bob)
      },
      Refusal("market.wrongState") {
        try $0.network.apply(AcceptResult(deal: $0.deal), from: .alice)
        try $0.network.apply(AcceptResult(deal: $0.deal), from: .bob)
      },
      Refusal("market.notTheBuyer") { try $0.network.apply(AcceptResult(deal: $0.deal), from: .bob) }
    ]) func refused(row: Refusal<MarketScene>) throws
  { #expect(row.outcome(in: try .submitted()) == row.reason) }
}

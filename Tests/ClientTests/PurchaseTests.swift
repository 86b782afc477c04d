import Client
import Cryptography
import LedgerKit
import Market
import Synchronization
import Testing

/// Steps in the order in which they were reported.
private final class Steps: Sendable {
  private let names = Mutex<[String]>([])
  var all: [String] { names.withLock { $0 } }

  func append(_ step: Purchase.Step) {
    let name =
      switch step {
      case .quoted: "quoted"
      case .funded: "funded"
      case .accepted: "accepted"
      case .submitted: "submitted"
      case .settled: "settled"
      case .unsettled: "unsettled"
      case .receipt: "receipt"
      }
    names.withLock { $0.append(name) }
  }
}

struct PurchaseTests {
  private static let delivered = ["quoted", "funded", "accepted", "submitted", "settled", "receipt"]

  @Test(arguments: [0, 1, 3]) func aDeliveredJobIsPaidAndProven(lostAnswers: Int) async throws {
    let rig = try await MarketRig()
    let steps = Steps()
    let delivery = try await rig.purchase.run(rig.order) { step in
      steps.append(step)
      if case .funded(let deal) = step {
        try? await rig.deliver(deal)
        await rig.relay.loseAnswers(lostAnswers)
      }
    }
    #expect(steps.all == Self.delivered)
    #expect(delivery.deal.state == .completed)
    #expect(delivery.deal.paid == Amount(nano: 1_500_000))
    #expect(delivery.files.map(\.path) == ["sum"])
    #expect(delivery.files.map(\.content) == [MarketRig.output])
    let receipt = try #require(delivery.receipt)
    #expect(try receipt.verify(trusting: LedgerRelay.sequencer.publicKey).statements.count == 6)
  }

  @Test func aLostAnswerToTheOrderPlacesItOnce() async throws {
    let rig = try await MarketRig()
    let purchase = rig.purchase
    let quote = try await purchase.quote(rig.order)
    await rig.relay.loseAnswers(4)
    let deal = try await purchase.place(rig.order, budget: quote.cost)
    let live = try await rig.client.ask(LiveDealsOf(offer: rig.offer))
    #expect(live.deals.map(\.deal) == [deal])
  }

  @Test func aDeadlineMissedIsRefundedWithAPenalty() async throws {
    let rig = try await MarketRig()
    let delivery = try await rig.purchase.run(rig.order) { step in
      guard case .funded(let deal) = step else { return }
      _ = try? await rig.client.perform(AcceptOrder(deal: deal), as: rig.provider)
      await rig.relay.advance(seconds: 61)
    }
    #expect(delivery.deal.state == .expired)
    #expect(delivery.deal.refunded == delivery.deal.budget)
    #expect(delivery.deal.penalty > .zero)
    #expect(delivery.receipt == nil)
  }

  @Test func anOrderLeftLyingIsRefunded() async throws {
    let rig = try await MarketRig()
    let steps = Steps()
    let delivery = try await rig.purchase.run(rig.order) { step in
      steps.append(step)
      if case .funded = step { await rig.relay.advance(seconds: 31) }
    }
    #expect(delivery.deal.state == .expired)
    #expect(steps.all == ["quoted", "funded", "settled"])
  }

  @Test func aClosedOfferIsNotOrdered() async throws {
    let rig = try await MarketRig()
    let other = try await rig.purchase.place(rig.order, budget: Amount(nano: 5_000_000))
    try await rig.client.perform(AcceptOrder(deal: other), as: rig.provider)
    try await rig.client.perform(CloseOffer(offer: rig.offer), as: rig.provider)
    let error = await #expect(throws: ClientError.self) { try await rig.purchase.run(rig.order) }
    #expect(error?.description.contains("market.offerClosed") == true)
  }

  @Test func aMissingInputIsNamed() async throws {
    let rig = try await MarketRig()
    let order = Purchase.Order(
      offer: rig.offer, job: rig.order.job, inputs: [], budget: nil, deliverWithinSeconds: 60, reviewWithinSeconds: 30)
    let error = await #expect(throws: ClientError.self) { try await rig.purchase.run(order) }
    #expect(error?.description.hasPrefix("the job reads numbers, but no file with digest") == true)
  }
}

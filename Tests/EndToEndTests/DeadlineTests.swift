import Client
import Cryptography
import LedgerKit
import Market
import Money
import Testing

/// A provider that accepts and vanishes pays for it.
@Suite("a missed deadline", .enabled(TestMachine.sandboxReason, TestMachine.hasSandbox), .timeLimit(.minutes(3)))
struct DeadlineTests {
  /// The deal's budget, three seconds at 0.01 CPTM: a fifth of the bond of 1 CPTM would be more than was at stake.
  static let penalty: UInt64 = 30_000_000

  @Test("returns the whole budget, and pays the penalty out of the bond")
  func deadline() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      try network.startProvider()
      let offer = try await network.offer()
      let delivery = try await buy(from: offer, in: network)
      let deal = delivery.deal
      #expect(deal.state == .expired)
      #expect(deal.budget.nano == Self.penalty)
      #expect(deal.refunded == deal.budget)
      #expect(deal.paid == .zero)
      #expect(deal.penalty.nano == Self.penalty)
      #expect(delivery.files.isEmpty && delivery.receipt == nil)
      try await expectFigures(of: offer, in: network)
    }
  }

  /// Orders a job, and kills the provider as soon as it has accepted.
  private func buy(from offer: Identifier, in network: TestNetwork) async throws -> Purchase.Delivery {
    let purchase = Purchase(client: network.client, key: network.buyer)
    let order = TestNetwork.order("sleep 3", from: offer, wallSeconds: 3, deliverWithinSeconds: 18)
    let provider = try network.seller
    return try await withTimeLimit(.seconds(60), "the deal") {
      try await purchase.run(order) { step in
        if case .accepted = step { try? await provider.kill() }
      }
    }
  }

  private func expectFigures(of offer: Identifier, in network: TestNetwork) async throws {
    let bond = Amount.unitsPerToken - Self.penalty
    try await network.expectRest(of: offer, bond: bond, "after the deadline")
    let books = try await network.books()
    let fees = try await network.feesOfBuyer()
    #expect(books.buyer.available.nano == TestNetwork.funds + Self.penalty - fees)
    #expect(
      books.provider.available.nano == TestNetwork.funds - bond - Self.penalty - (books.fees.available.nano - fees))
    #expect(try #require(try await network.client.ask(OffersOf()).offers.first).bond.nano == bond)
  }
}

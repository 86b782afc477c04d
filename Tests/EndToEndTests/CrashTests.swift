import Client
import Cryptography
import Encoding
import LedgerKit
import Market
import Testing

/// A process that dies at any moment costs time, and nothing else.
@Suite("kill -9", .enabled(TestMachine.sandboxReason, TestMachine.hasSandbox), .timeLimit(.minutes(5)))
struct CrashTests {
  /// Who dies when, and for how long.
  struct Accident: CustomStringConvertible {
    let killsNode: Bool
    let killsProvider: Bool
    /// From the order to the kill.
    let moment: Duration
    /// From the kill to the restart.
    let absence: Duration

    init(_ random: inout Random) {
      let victims = 1 + random.below(3)
      killsNode = victims != 2
      killsProvider = victims != 1
      moment = .milliseconds(random.below(4000))
      absence = .milliseconds(random.below(500))
    }

    var description: String {
      let victims = [killsNode ? "node" : nil, killsProvider ? "provider" : nil].compactMap { $0 }
      return "\(victims.joined(separator: " and ")) after \(moment), for \(absence)"
    }
  }

  @Test("at ten random moments of a deal: it completes or refunds", arguments: zip(["instant", "1s"], [1, 2]))
  func deals(pace: String, seed: UInt64) async throws {
    try await TestNetwork.run { network in
      try await network.startNode(pace: pace)
      try network.startProvider()
      let offer = try await network.offer()
      var random = Random(seed: seed)
      for number in 1...5 {
        let accident = Accident(&random)
        try await deal(number, from: offer, with: accident, in: network, pace, "seed \(seed)")
      }
      let orders = try await network.history().count { $0 is OrderPlaced }
      #expect(orders == 5, "each order was placed once; seed \(seed)")
    }
  }

  private func deal(
    _ number: Int, from offer: Identifier, with accident: Accident, in network: TestNetwork, _ pace: String,
    _ origin: String
  ) async throws {
    let context = "\(origin), deal \(number): \(accident)"
    let purchase = Purchase(client: network.client, key: network.buyer, patience: .seconds(60))
    let order = TestNetwork.order("sleep 1; echo done > out.txt", from: offer, deliverWithinSeconds: 30)
    async let delivery = withTimeLimit(.seconds(60), context) { try await purchase.run(order) }
    try await happen(accident, to: network, pace)
    let (deal, files) = try await (delivery.deal, delivery.files)
    #expect(deal.state.isFinal, "\(context)")
    #expect(deal.paid.nano + deal.refunded.nano == deal.budget.nano, "\(context)")
    #expect((deal.state == .completed) == (deal.paid > .zero), "\(context)")
    if deal.state == .completed { #expect(files.map(\.content) == [Array("done\n".utf8)], "\(context)") }
    let bond = try #require(try await network.client.ask(OffersOf()).offers.first).bond.nano
    try await network.expectRest(of: offer, bond: bond, "\(context)")
    for process in try [network.node, network.seller] { #expect(process.isRunning, "\(context): \(process.text)") }
  }

  private func happen(_ accident: Accident, to network: TestNetwork, _ pace: String) async throws {
    try await Task.sleep(for: accident.moment)
    if accident.killsNode { try await network.node.kill() }
    if accident.killsProvider { try await network.seller.kill() }
    try await Task.sleep(for: accident.absence)
    if accident.killsNode { try await network.startNode(pace: pace) }
    if accident.killsProvider { try network.startProvider() }
  }
}

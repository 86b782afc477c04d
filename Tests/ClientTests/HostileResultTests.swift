import Client
import Cryptography
import LedgerKit
import Market
import Money
import Testing

/// A provider who delivers what was not ordered.
struct HostileResultTests {
  @Test(
    arguments: [
      ([("../.ssh/authorized_keys", 2)], 1500, "outputs.0.path: expected a path of the job's outputs"),
      ([("/etc/passwd", 2)], 1500, "outputs.0.path"), ([("sum", 2), ("sum", 2)], 1500, "outputs.1.path"),
      ([("sum", 9 << 20)], 1500, "outputs.0.sizeBytes: the outputs are larger than the job's 8 MiB"),
      ([("sum", .max)], 1500, "outputs.0.sizeBytes"),
      ([("sum", 1)], 1500, "has more than 1 bytes"),
      ([("sum", 2)], 1900, "claims 1900 ms of use, but metered 1500 ms")
    ] as [([(path: String, sizeBytes: UInt64)], UInt64, String)])
  func itIsNotAccepted(
    outputs: [(path: String, sizeBytes: UInt64)], claimedMilliseconds: UInt64, message: String
  ) async throws {
    let rig = try await MarketRig()
    let deal = try await rig.purchase.place(rig.order, budget: Amount(nano: 10_000_000))
    try await rig.deliver(deal, outputs: outputs, claimedMilliseconds: claimedMilliseconds)
    let error = await #expect(throws: ClientError.self) { try await rig.purchase.follow(deal) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    #expect(try await rig.client.ask(DealOf(deal: deal)).state == .submitted)
  }

  @Test func aReceiptDoesNotHideThatMoreWasClaimedThanMetered() async throws {
    let rig = try await MarketRig()
    let deal = try await rig.purchase.place(rig.order, budget: Amount(nano: 10_000_000))
    try await rig.deliver(deal, claimedMilliseconds: 1900)
    try await rig.client.perform(AcceptResult(deal: deal), as: rig.buyer)
    let receipt = try await rig.client.receipt(of: deal)
    let error = #expect(throws: ReceiptError.self) { try receipt.verify() }
    #expect(error?.part == "result.usageMilliseconds")
  }

  @Test func aReceiptIsOfASettledDeal() async throws {
    let rig = try await MarketRig()
    let deal = try await rig.purchase.place(rig.order, budget: Amount(nano: 10_000_000))
    try await rig.deliver(deal)
    let receipt = try await rig.client.receipt(of: deal)
    let error = #expect(throws: ReceiptError.self) { try receipt.verify() }
    #expect(error?.detail == "the deal is submitted: it is not settled yet")
  }

  @Test func aBuyerWithoutTheFeeKeepsWhatWasDelivered() async throws {
    let rig = try await MarketRig()
    let deal = try await rig.purchase.place(rig.order, budget: Amount(nano: 10_000_000))
    try await rig.deliver(deal)
    let rest = try await rig.client.ask(AccountOf(owner: Address(rig.buyer.publicKey))).available
    let all = Amount(nano: rest.nano - 1_000_000)
    try await rig.client.perform(Transfer(to: Address(rig.provider.publicKey), amount: all), as: rig.buyer)
    let delivery = try await rig.purchase.follow(deal)
    #expect(delivery.deal.state == .submitted)
    #expect(delivery.files.map(\.content) == [MarketRig.output])
    #expect(delivery.receipt == nil)
  }
}

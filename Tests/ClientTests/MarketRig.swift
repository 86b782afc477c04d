import Client
import Cryptography
import Encoding
import Jobs
import LedgerKit
import Market

/// A relay with a buyer and a provider who listed an offer.
struct MarketRig {
  let relay: LedgerRelay
  let client: RelayClient
  let buyer = PrivateKey()
  let provider = PrivateKey()
  let offer: Identifier

  init() async throws {
    relay = try await LedgerRelay(balances: [buyer, provider])
    client = RelayClient(url: "memory", transport: relay)
    let listing = ListOffer(
      title: "one core", resources: Resources(processors: 1, memoryMebibytes: 512, diskMebibytes: 64),
      pricePerSecond: Amount(nano: 1_000_000), capacity: 2, bond: Amount(nano: Amount.unitsPerToken))
    let outcome = try await relay.perform(listing, as: provider)
    offer = Identifier.created(by: outcome.result.id, operation: 0)
  }

  static let input = Array("1 2 3\n".utf8)
  static let output = Array("6\n".utf8)

  var order: Purchase.Order {
    let limits = JobLimits(wallSeconds: 10, cpuSeconds: 10, memoryMebibytes: 64, diskMebibytes: 8, processes: 4)
    let job = Job(
      command: ["sum", "numbers"], inputs: [JobInput(path: "numbers", content: Digest(of: Self.input))],
      outputs: ["sum"], limits: limits)
    return Purchase.Order(
      offer: offer, job: job, inputs: [Self.input], budget: nil, deliverWithinSeconds: 60, reviewWithinSeconds: 30)
  }

  var purchase: Purchase {
    Purchase(client: client, key: buyer, patience: .seconds(5), pause: .milliseconds(1))
  }

  /// Accepts and delivers `deal` as its provider.
  ///
  /// - Parameters:
  ///   - outputs: path and declared length of each output; all have the same content.
  ///   - claimedMilliseconds: use that the provider claims; the result says that 1500 ms were metered.
  func deliver(
    _ deal: Identifier, outputs: [(path: String, sizeBytes: UInt64)] = [("sum", 2)], claimedMilliseconds: UInt64 = 1500
  ) async throws {
    try await client.perform(AcceptOrder(deal: deal), as: provider)
    await relay.advance(seconds: 2)
    let content = try await client.upload(Self.output)
    let result = JobResult(
      outcome: .succeeded, exitCode: 0, usageMilliseconds: 1500, cpuMilliseconds: 1400, peakMemoryKibibytes: nil,
      standardOutput: nil, standardError: nil, standardOutputCut: false, standardErrorCut: false,
      outputs: outputs.map { JobOutput(path: $0.path, content: content, sizeBytes: $0.sizeBytes) })
    let digest = try await client.upload(result.encoded)
    try await client.perform(
      SubmitResult(deal: deal, result: digest, usageMilliseconds: claimedMilliseconds), as: provider)
  }
}

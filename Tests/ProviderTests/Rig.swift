import Client
import Cryptography
import Encoding
import Foundation
import Jobs
import LedgerKit
import Market
import Provider
import Sandbox
import Testing

/// A provider, a buyer and the relay between them.
struct Rig {
  static let pricePerSecond = Amount(nano: 1_000_000)

  let relay: MemoryRelay
  let key = PrivateKey()
  let buyer = PrivateKey()
  let folder: URL
  let log = Log()

  init(
    folder: URL = FileManager.default.temporaryDirectory.appendingPathComponent("provider-test-\(UUID().uuidString)")
  ) throws {
    self.folder = folder
    relay = try MemoryRelay(funding: [Address(key.publicKey), Address(buyer.publicKey)])
  }

  static let hasSandbox: @Sendable () async -> Bool = {
    (try? await BubblewrapExecutor().check()) != nil
  }

  static func job(_ command: String..., inputs: [JobInput] = [], outputs: [String] = [], wall: UInt32 = 20) -> Job {
    let limits = JobLimits(wallSeconds: wall, cpuSeconds: wall, memoryMebibytes: 128, diskMebibytes: 4, processes: 16)
    return Job(command: command, inputs: inputs, outputs: outputs, limits: limits)
  }

  func provider(
    _ executor: any Executor, key: PrivateKey? = nil, capacity: UInt32 = 1, shutdownGrace: Duration = .seconds(30),
    jobsFolder: URL? = nil, bond: Amount = Amount(nano: Amount.unitsPerToken)
  ) -> Provider {
    let listing = ListOffer(
      title: "test", resources: Resources(processors: 1, memoryMebibytes: 256, diskMebibytes: 64),
      pricePerSecond: Self.pricePerSecond, capacity: capacity, bond: bond)
    let configuration = ProviderConfiguration(
      folder: folder.path, jobsFolder: jobsFolder?.path, listing: listing, pollInterval: .milliseconds(5),
      shutdownGrace: shutdownGrace)
    return Provider(configuration, key: key ?? self.key, relay: relay, executor: executor, logger: log.logger)
  }

  /// Runs a provider while `body` runs, and then cancels it: for the provider that is as good as a crash.
  func serving<Value>(
    _ executor: any Executor, capacity: UInt32 = 1, bond: Amount = Amount(nano: Amount.unitsPerToken),
    _ body: (Provider) async throws -> Value
  ) async throws -> Value {
    let provider = provider(executor, capacity: capacity, bond: bond)
    let running = Task { try await provider.run() }
    defer { running.cancel() }
    let value = try await body(provider)
    running.cancel()
    try await running.value
    return value
  }

  /// Removes what the test left, and checks what must always hold.
  func finish() async {
    #expect(await relay.violations() == [])
    try? FileManager.default.removeItem(at: folder)
  }
}

extension Rig {
  /// Orders `job`, as soon as there is an offer.
  func order(
    _ job: Job, seconds: UInt64 = 100, deliverWithinSeconds: UInt64 = 60, storing: Bool = true
  ) async throws -> Identifier {
    let offer = try await offer()
    let bytes = job.encoded
    let digest = storing ? try await relay.upload(bytes) : Digest(of: bytes)
    let order = PlaceOrder(
      offer: offer, job: digest, budget: Amount(nano: seconds * Self.pricePerSecond.nano),
      deliverWithinSeconds: deliverWithinSeconds, reviewWithinSeconds: 60)
    let body = try await relay.prepare([order], from: Address(buyer.publicKey), fee: nil, maximumFee: .zero)
    _ = try await relay.submit(Envelope(signing: body, with: buyer))
    return .created(by: body.id, operation: 0)
  }

  private func offer() async throws -> Identifier {
    while true {
      if let offer = try await relay.ask(OffersOf()).offers.first { return offer.id }
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  /// The deal, once it stands in `state`.
  func deal(_ id: Identifier, reaching state: DealState) async throws -> Deal {
    while true {
      let deal = try await relay.ask(DealOf(deal: id))
      if deal.state == state { return deal }
      try #require(!deal.state.isFinal, "the deal ended as \(deal.state)")
      try await Task.sleep(for: .milliseconds(1))
    }
  }

  func result(of deal: Deal) async throws -> JobResult {
    try JobResult(encoded: try await relay.download(try #require(deal.result)))
  }

  /// Waits until `condition` holds.
  func wait(until condition: () async -> Bool) async throws {
    while await !condition() { try await Task.sleep(for: .milliseconds(1)) }
  }
}

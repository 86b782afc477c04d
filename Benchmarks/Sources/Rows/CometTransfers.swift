internal import LedgerKit

extension Row {
  static let cometTransfers = Row(
    "comet.transfers", "signed transfers that one validator commits under CometBFT, offered at a fixed rate",
    peers: [.cometBFT], isLong: true
  ) { setting in
    try await CometTransfers.one.readings("comet.transfers", setting)
  }

  static let cometTransfersOfFour = Row(
    "comet.transfers.four", "signed transfers that four validators on this machine commit, offered at a fixed rate",
    peers: [.fourCometBFT], isLong: true
  ) { setting in
    try await CometTransfers.four.readings("comet.transfers.four", setting)
  }
}

/// A network under CometBFT, and what it is offered: the same for the relay and for the peer.
struct CometTransfers: Sendable {
  /// Bytes of a transaction of the peer: as many as a signed transfer has.
  private static let size = 250
  let validators: Int
  let perSecond: Int

  static let one = CometTransfers(validators: 1, perSecond: 8_000)
  static let four = CometTransfers(validators: 4, perSecond: 1_500)

  /// The relay under the load.
  func readings(_ row: String, _ setting: Setting) async throws -> [Reading] {
    let accounts = await Accounts(10_000)
    let network = try CometNetwork(validators, .relay(accounts), relay: setting.relay)
    let load = OfferedLoad(perSecond: perSecond, seconds: setting.seconds)
    Progress.show("  signing \(load.count) transactions")
    let corpus = await Signing(chain: CometNetwork.chain, start: .now()).corpus(
      load.count, ofTransfers: 1, among: accounts, rate: Double(perSecond))
    let servers = try await network.start(.relay(accounts))
    defer { servers.stop() }
    let outcome = try await run(corpus, load, network)
    var usage = 0.0
    for server in servers.relays { usage += try ProcessUsage(of: server.identifier).processorSeconds }
    return [
      Reading(row, outcome.perSecond, .perSecond),
      Reading("\(row).committed", Double(outcome.committed) / Double(load.count) * 100, .percent),
      Reading("\(row).cpuPerTransfer", usage / Double(max(outcome.committed, 1)) * 1e6, .microseconds)
    ]
  }

  /// The key–value store under the load: transactions committed in a second.
  func peerRate(_ setting: Setting) async throws -> Double {
    let network = try CometNetwork(validators, .keyValue, relay: setting.relay)
    let load = OfferedLoad(perSecond: perSecond, seconds: setting.seconds)
    let servers = try await network.start(.keyValue)
    defer { servers.stop() }
    return try await run((0..<load.count).map(Self.transaction), load, network).perSecond
  }

  private static func transaction(_ number: Int) -> [UInt8] {
    let key = Array("\(number)=".utf8)
    return key + [UInt8](repeating: UInt8(ascii: "x"), count: size - key.count)
  }

  private func run(
    _ transactions: [[UInt8]], _ load: OfferedLoad, _ network: CometNetwork
  ) async throws -> OfferedLoad.Outcome {
    let requests = stride(from: 0, to: transactions.count, by: CometRPC.batch).map { start in
      CometRPC.request(transactions[start..<min(start + CometRPC.batch, transactions.count)])
    }
    Progress.show("  offering \(load.perSecond) transactions a second for \(load.seconds) s")
    return try await load.run(requests, to: network.addresses.map { CometRPC(url: $0) })
  }
}

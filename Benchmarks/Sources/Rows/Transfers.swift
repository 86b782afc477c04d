internal import LedgerKit

extension Row {
  static let signedTransfers = Row(
    "transfers.signed", "signed single transfers through a node's HTTP route, blocks of a second, each durable",
    peers: [.postgreSQL, .liteSVM, .libsodium, .sqlite, .cometBFT]
  ) { setting in
    let result = try await TransferLoad(setting, accounts: setting.accounts, transfersPerTransaction: 1).run()
    return result.readings("transfers.signed")
  }

  static let batchedTransfers = Row(
    "transfers.batched", "transfers in signed transactions of 100, through the same path",
    peers: [.postgreSQLBatchOf10000, .postgreSQLBatchOf100000]
  ) { setting in
    let result = try await TransferLoad(setting, accounts: setting.accounts, transfersPerTransaction: 100).run()
    return result.readings("transfers.batched")
  }

  static let indexedTransfers = Row(
    "transfers.indexed", "signed single transfers in a node that keeps the index of its history beside"
  ) { setting in
    let load = TransferLoad(setting, accounts: setting.accounts, transfersPerTransaction: 1, isIndexed: true)
    return try await load.run().readings("transfers.indexed")
  }

  static let growth = Row(
    "growth", "cost of a signed transfer with the most accounts, as a multiple of that with the fewest", isLong: true
  ) { setting in
    var readings: [Reading] = []
    for count in setting.growth {
      let result = try await TransferLoad(setting, accounts: count, transfersPerTransaction: 1).run()
      readings += [
        Reading("growth.\(count)", result.transfersPerSecond, .perSecond),
        Reading("growth.\(count).memory", result.usage.peakMebibytes, .mebibytes)
      ]
    }
    let rates = readings.filter { $0.unit == .perSecond }.map(\.value)
    let multiple = rates.first.flatMap { first in rates.last.map { first / $0 } } ?? 1
    return [Reading("growth", multiple, .times)] + readings
  }
}

/// A node under a load of transfers.
struct TransferLoad: Sendable {
  /// Transfers a second that the corpus suffices for.
  private static let largestRate = [1: 30_000, 100: 300_000]
  let setting: Setting
  let accounts: Int
  let transfersPerTransaction: Int
  let isIndexed: Bool

  init(_ setting: Setting, accounts: Int, transfersPerTransaction: Int, isIndexed: Bool = false) {
    self.isIndexed = isIndexed
    self.setting = setting
    self.accounts = accounts
    self.transfersPerTransaction = transfersPerTransaction
  }

  /// What the load came to, and what it cost the node.
  struct Result: Sendable {
    let outcome: Load.Outcome
    let transfersPerSecond: Double
    /// Of the node, from its start to the end of the load.
    let usage: ProcessUsage
    /// Time that the node computed during the load, in seconds on all cores.
    let processorSeconds: Double

    func readings(_ row: String) -> [Reading] {
      [
        Reading(row, transfersPerSecond, .perSecond),
        Reading("\(row).p50", (outcome.latencies.percentile(0.5) ?? 0) * 1000, .milliseconds),
        Reading("\(row).p99", (outcome.latencies.percentile(0.99) ?? 0) * 1000, .milliseconds),
        Reading("\(row).cpu", processorSeconds, .seconds),
        Reading(
          "\(row).cpuPerTransfer", processorSeconds / (transfersPerSecond * outcome.elapsed) * 1e6, .microseconds),
        Reading("\(row).memory", usage.peakMebibytes, .mebibytes)
      ]
    }
  }

  func run() async throws -> Result {
    Progress.show("  a node with \(accounts) accounts")
    let population = await Accounts(accounts)
    let node = try RelayNode(population, relay: setting.relay)
    let server = try await node.start(isIndexed: isIndexed)
    defer { server.stop() }
    let count = setting.seconds * Self.largestRate[transfersPerTransaction, default: 30_000] / transfersPerTransaction
    Progress.show("  signing \(count) transactions")
    let corpus = await Signing(chain: RelayNode.chain, start: .now()).corpus(
      count, ofTransfers: transfersPerTransaction, among: population)
    let route = try await node.route()
    // Enough in flight for a block of the rate aimed at, and no more than a mempool takes.
    let size = transfersPerTransaction == 1 ? 1_000 : 100
    Progress.show("  load on process \(server.identifier) for \(setting.seconds) s")
    let before = try ProcessUsage(of: server.identifier)
    let outcome = try await Load(inFlight: 32, size: min(route.size, size), seconds: setting.seconds).run(
      corpus, by: route)
    let usage = try ProcessUsage(of: server.identifier)
    return Result(
      outcome: outcome, transfersPerSecond: outcome.perSecond * Double(transfersPerTransaction), usage: usage,
      processorSeconds: usage.processorSeconds - before.processorSeconds)
  }
}

internal import LedgerKit

extension Row {
  static let signedTransfers = Row(
    "transfers.signed",
    "signed single transfers at the highest rate that a node keeps up with, through HTTP, blocks of a second, each durable",
    peers: [.postgreSQL, .liteSVM, .libsodium, .sqlite, .cometBFT]
  ) { setting in
    try await TransferLoad(setting, accounts: setting.accounts).run { node in
      let saturated = try await node.saturate()
      let held = try await node.hold(below: saturated)
      return held.readings("transfers.signed") + [
        Reading("transfers.signed.saturation", saturated.transfersPerSecond, .perSecond),
        try node.memory("transfers.signed")
      ]
    }
  }

  static let batchedTransfers = Row(
    "transfers.batched", "transfers in signed transactions of 100, as many as a node takes through the same path",
    peers: [.postgreSQLBatchOf10000, .postgreSQLBatchOf100000]
  ) { setting in
    let load = TransferLoad(setting, accounts: setting.accounts, transfersPerTransaction: 100)
    return try await load.run { node in
      try await node.saturate().readings("transfers.batched") + [try node.memory("transfers.batched")]
    }
  }

  static let indexedTransfers = Row(
    "transfers.indexed", "signed single transfers, as many as a node takes that keeps the index of its history beside"
  ) { setting in
    try await TransferLoad(setting, accounts: setting.accounts, isIndexed: true).run { node in
      try await node.saturate().readings("transfers.indexed") + [try node.memory("transfers.indexed")]
    }
  }

  static let growth = Row(
    "growth", "cost of a signed transfer with the most accounts, as a multiple of that with the fewest", isLong: true
  ) { setting in
    var readings: [Reading] = []
    var rates: [Double] = []
    for count in setting.growth {
      readings += try await TransferLoad(setting, accounts: count).run { node in
        let saturated = try await node.saturate()
        rates.append(saturated.transfersPerSecond)
        return saturated.readings("growth.\(count)") + [try node.memory("growth.\(count)")]
      }
    }
    let multiple = rates.first.flatMap { first in rates.last.map { first / $0 } } ?? 1
    return [Reading("growth", multiple, .times)] + readings
  }
}

/// A node under loads of transfers.
struct TransferLoad: Sendable {
  private let setting: Setting
  private let accounts: Int
  private let transfersPerTransaction: Int
  private let isIndexed: Bool

  init(_ setting: Setting, accounts: Int, transfersPerTransaction: Int = 1, isIndexed: Bool = false) {
    self.setting = setting
    self.accounts = accounts
    self.transfersPerTransaction = transfersPerTransaction
    self.isIndexed = isIndexed
  }

  /// Starts a node for `body`, and stops it again.
  func run(_ body: (LoadedNode) async throws -> [Reading]) async throws -> [Reading] {
    Progress.show("  a node with \(accounts) accounts")
    let population = await Accounts(accounts)
    let node = try RelayNode(population, relay: setting.relay)
    let server = try await node.start(isIndexed: isIndexed)
    defer { server.stop() }
    let loaded = LoadedNode(
      setting: setting, population: population, transfersPerTransaction: transfersPerTransaction, node: node,
      server: server, route: try await node.route())
    try await loaded.fundOthers()
    return try await body(loaded)
  }
}

/// A running node, and what it is loaded with.
struct LoadedNode: Sendable {
  /// Time from submission to commit that all but one in a hundred must not exceed, in seconds.
  private static let latencyLimit = 1.6
  /// Transactions a second that a corpus suffices for, and those that a node takes at least.
  private static let rates = [1: (least: 8_000.0, most: 45_000), 100: (least: 500.0, most: 5_000)]

  let setting: Setting
  let population: Accounts
  let transfersPerTransaction: Int
  let node: RelayNode
  let server: Server
  let route: any Route

  /// What a load came to, and what it cost the node.
  struct Result: Sendable {
    let outcome: Load.Outcome
    let transfersPerTransaction: Int
    /// Time that the node computed, in seconds on all cores.
    let processorSeconds: Double

    var transfersPerSecond: Double { outcome.perSecond * Double(transfersPerTransaction) }

    func readings(_ row: String) -> [Reading] {
      [
        Reading(row, transfersPerSecond, .perSecond),
        Reading("\(row).p50", (outcome.latencies.percentile(0.5) ?? 0) * 1000, .milliseconds),
        Reading("\(row).p99", (outcome.latencies.percentile(0.99) ?? 0) * 1000, .milliseconds),
        Reading("\(row).cpu", processorSeconds, .seconds),
        Reading(
          "\(row).cpuPerTransfer", processorSeconds / (transfersPerSecond * outcome.elapsed) * 1e6, .microseconds)
      ]
    }
  }

  /// The load that keeps the node busy all the time.
  func saturate() async throws -> Result {
    let (least, most) = Self.rates[transfersPerTransaction, default: (500, 45_000)]
    let corpus = await corpus(setting.seconds * most, rate: least)
    // Enough in flight for a block of the rate aimed at, and no more than a mempool takes.
    let size = transfersPerTransaction == 1 ? 1_000 : 100
    return try await measure("as much as it takes for \(setting.seconds) s") {
      try await Load(inFlight: 32, size: min(route.size, size), seconds: setting.seconds).run(corpus, by: route)
    }
  }

  /// The highest load that the node keeps up with, found by short trials and then held for the whole time.
  func hold(below saturated: Result) async throws -> Result {
    let trialSeconds = min(setting.seconds, 10)
    for part in stride(from: 0.95, through: 0.45, by: -0.05) {
      let rate = (saturated.outcome.perSecond * part).rounded()
      let trial = try await pace(rate, seconds: trialSeconds)
      guard trial.outcome.isHeld(within: Self.latencyLimit) else { continue }
      guard trialSeconds < setting.seconds else { return trial }
      let result = try await pace(rate, seconds: setting.seconds)
      if result.outcome.isHeld(within: Self.latencyLimit) { return result }
    }
    throw ProgramFailed("the node keeps up with not even half of what it takes under full load")
  }

  private func pace(_ rate: Double, seconds: Int) async throws -> Result {
    let corpus = await corpus(Int(rate) * seconds, rate: rate)
    return try await measure("\(Int(rate)) a second for \(seconds) s") {
      try await PacedLoad(rate: rate, size: min(route.size, 200)).run(corpus, by: route)
    }
  }

  /// Funds the accounts that the genesis document does not.
  func fundOthers() async throws {
    let others = population.others
    guard !others.isEmpty else { return }
    Progress.show("  funding \(others.count) accounts")
    let corpus = await Signing(chain: RelayNode.chain, start: .now()).funding(of: others, by: population.first.count)
    let outcome = try await Load(inFlight: 16, size: 50, seconds: 600).run(corpus, by: route)
    guard outcome.committed == corpus.count else { throw ProgramFailed("accounts could not be funded") }
  }

  func corpus(_ count: Int, rate: Double) async -> [[UInt8]] {
    Progress.show("  signing \(count) transactions")
    return await Signing(chain: RelayNode.chain, start: .now()).corpus(
      count, ofTransfers: transfersPerTransaction, among: population, rate: rate)
  }

  private func measure(_ what: String, _ load: () async throws -> Load.Outcome) async throws -> Result {
    Progress.show("  load on process \(server.identifier): \(what)")
    let before = try ProcessUsage(of: server.identifier)
    let outcome = try await load()
    let usage = try ProcessUsage(of: server.identifier)
    let latency = (outcome.latencies.percentile(0.99) ?? 0).rounded(significantDigits: 3)
    Progress.show("  committed \(outcome.committed) of \(outcome.offered), 99 % within \(latency) s")
    return Result(
      outcome: outcome, transfersPerTransaction: transfersPerTransaction,
      processorSeconds: usage.processorSeconds - before.processorSeconds)
  }

  /// The most memory that the node had at once, its start included.
  func memory(_ row: String) throws -> Reading {
    Reading("\(row).memory", try ProcessUsage(of: server.identifier).peakMebibytes, .mebibytes)
  }
}

internal import Cryptography
internal import Dispatch
internal import Encoding
internal import LedgerKit
internal import LedgerTesting
internal import Market
internal import StateTree

extension Row {
  static let replay = Row(
    "replay", "transactions of stored blocks decoded, checked, executed and hashed again, in memory"
  ) { setting in
    let blockSize = 2_000
    let population = await Accounts(setting.accounts)
    let count = max(Int(setting.briefSeconds), 1) * 10_000
    let corpus = await Signing(chain: RelayNode.chain, start: MemoryChain.start).corpus(
      count, ofTransfers: 1, among: population, rate: Double(blockSize))
    var chain = try MemoryChain(population)
    let clock = ContinuousClock()
    let start = clock.now
    for first in stride(from: 0, to: corpus.count, by: blockSize) {
      try chain.execute(Array(corpus[first..<min(first + blockSize, corpus.count)]))
    }
    let rate = Double(corpus.count) / (clock.now - start).inSeconds
    return [
      Reading("replay", rate, .perSecond), Reading("replay.blocks", rate / Double(blockSize), .perSecond)
    ]
  }

  static let workload = Row(
    "workload",
    "the tests' fixed transactions decoded, executed and hashed, in memory; they must come to their golden root"
  ) { _ in
    let blocks = Workload.blocksOfTransactions()
    let twoThreads = Workers { DispatchQueue.concurrentPerform(iterations: $0, execute: $1) }
    let clock = ContinuousClock()
    var rates: [Double] = []
    for workers in [Workers.one, twoThreads] {
      let start = clock.now
      let root = try Workload.run(blocks, on: workers).root
      rates.append(Double(Workload.count) / (clock.now - start).inSeconds)
      guard root.description == Workload.goldenRoot else {
        throw ProgramFailed("the workload came to the root \(root); expected \(Workload.goldenRoot)")
      }
    }
    return [Reading("workload", rates[1], .perSecond), Reading("workload.oneThread", rates[0], .perSecond)]
  }

  static let deals = Row(
    "deals", "deals from order to settlement in four signed transactions each, in memory"
  ) { setting in
    var market = try DealRounds(await Accounts(min(setting.accounts, 100_000)))
    try market.list()
    var spent = 0.0
    var done = 0
    while spent < setting.briefSeconds {
      spent += try market.round().inSeconds
      done += DealRounds.size
    }
    return [Reading("deals", Double(done) / spent, .perSecond)]
  }
}

/// Rounds of deals in which every step is one block.
struct DealRounds: ~Copyable {
  /// Deals in a round.
  static let size = 1_000
  private static let job = Digest(of: [1])
  private var chain: MemoryChain
  private var random = Random(seed: 1)
  private var offer = Identifier(of: [0])

  init(_ accounts: Accounts) throws { chain = try MemoryChain(accounts) }

  /// Account 0 offers its machine, which all rounds order from.
  mutating func list() throws {
    let listing = ListOffer(
      title: "a machine", resources: Resources(processors: 1, memoryMebibytes: 256, diskMebibytes: 0),
      pricePerSecond: Amount(nano: 1_000_000), capacity: UInt32(Self.size), bond: Amount(nano: Amount.unitsPerToken))
    let transaction = signed(listing, by: 0)
    offer = try created(transaction)
    try chain.execute([transaction])
  }

  private mutating func signed(_ operation: any Transaction, by index: Int) -> [UInt8] {
    Signing(chain: RelayNode.chain, start: chain.moment.time).transaction([operation], by: index, &random)
  }

  private func created(_ transaction: [UInt8]) throws -> Identifier {
    .created(by: try Envelope(encoded: transaction, unions: chain.ledger.unions).body.id, operation: 0)
  }

  /// The time that the node's part of a round takes; signing is the parties' part.
  mutating func round() throws -> Duration {
    let terms = PlaceOrder(
      offer: offer, job: Self.job, budget: Amount(nano: 5_000_000), deliverWithinSeconds: 60, reviewWithinSeconds: 60)
    let orders = (1...Self.size).map { signed(terms, by: $0 % 99 + 1) }
    let deals = try orders.map { try created($0) }
    var time = try timed(orders)
    time += try timed(deals.map { signed(AcceptOrder(deal: $0), by: 0) })
    time += try timed(
      deals.map { signed(SubmitResult(deal: $0, result: Self.job, usageMilliseconds: 500), by: 0) })
    return try time + timed(deals.enumerated().map { signed(AcceptResult(deal: $1), by: ($0 + 1) % 99 + 1) })
  }

  private mutating func timed(_ block: [[UInt8]]) throws -> Duration {
    let clock = ContinuousClock()
    let start = clock.now
    try chain.execute(block)
    return clock.now - start
  }
}

internal import Synchronization

extension Row {
  static let overload = Row(
    "overload",
    "memory of a node at the end of five times --seconds with ten times the load that it takes, as a multiple of that halfway",
    isLong: true
  ) { setting in
    try await TransferLoad(setting, accounts: min(setting.accounts, 100_000)).run { node in
      let taken = try await node.saturate().outcome.perSecond
      return try await node.overload(by: 10 * taken, taking: taken, seconds: 5 * setting.seconds)
    }
  }
}

extension LoadedNode {
  /// Floods the node, and then waits for all that it took.
  ///
  /// - Throws: when a transaction that was taken is neither committed nor reported as dropped.
  func overload(by rate: Double, taking taken: Double, seconds: Int) async throws -> [Reading] {
    // Twice what it takes, and what waits in it and on the way.
    let corpus = await corpus(Int(2 * taken) * seconds + 300_000, rate: taken)
    let before = try await counters()
    Progress.show("  \(Int(rate)) transactions a second on process \(server.identifier) for \(seconds) s")
    let memory = MemoryTrace(of: server.identifier)
    let tracing = Task { try await memory.run() }
    let outcome = try await Flood(rate: rate, size: 1_000, seconds: seconds).run(corpus, by: route)
    tracing.cancel()
    let after = try await settledCounters()
    let ends = after.ends - before.ends
    guard after.accepted - before.accepted == outcome.accepted, ends == outcome.accepted else {
      throw ProgramFailed("the node took \(outcome.accepted) transactions, and \(ends) were committed or dropped")
    }
    let samples = memory.mebibytes
    let (middle, end) = (samples[..<(samples.count / 2)].max() ?? 0, samples.max() ?? 0)
    return [
      Reading("overload", end / max(middle, 1), .times),
      Reading("overload.offered", Double(outcome.offered) / outcome.elapsed, .perSecond),
      Reading("overload.accepted", Double(outcome.accepted) / outcome.elapsed, .perSecond),
      Reading("overload.committed", Double(after.committed - before.committed) / outcome.elapsed, .perSecond),
      Reading("overload.dropped", Double(ends - (after.committed - before.committed)) / outcome.elapsed, .perSecond),
      Reading("overload.memory", end, .mebibytes)
    ]
  }

  private func counters() async throws -> Counters { Counters(try await node.get("/metrics")) }

  /// The counters once nothing waits.
  private func settledCounters() async throws -> Counters {
    var counters = try await counters()
    while counters.waiting > 0 {
      try await Task.sleep(for: .milliseconds(200))
      counters = try await self.counters()
    }
    // What was taken out of the mempool last is in a block under way.
    try await Task.sleep(for: .seconds(5))
    return try await self.counters()
  }
}

/// What a node counts of transactions.
private struct Counters {
  let waiting: Int
  let accepted: Int
  let committed: Int
  /// All that became of transactions that were taken.
  let ends: Int

  init(_ text: String) {
    func count(_ name: String) -> Int {
      let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
      return line.flatMap { Double($0.dropFirst(name.count + 1)) }.map { Int($0) } ?? 0
    }
    let pool = "relay_mempool_transactions"
    waiting = count(pool)
    accepted = count("\(pool)_total{event=\"accepted\"}")
    committed = count("relay_transactions_total{outcome=\"committed\"}")
    let dropped = ["expired", "evicted"].map { count("\(pool)_total{event=\"\($0)\"}") }
    ends = dropped.reduce(committed + count("relay_transactions_total{outcome=\"rejected\"}"), +)
  }
}

/// Submits at a fixed rate without waiting for blocks; what is refused is sent again later.
struct Flood: Sendable {
  /// Submissions at the most that are on their way at once.
  private static let inFlight = 128
  /// Transactions a second.
  let rate: Double
  let size: Int
  let seconds: Int

  struct Outcome: Sendable {
    var offered = 0
    var accepted = 0
    var elapsed = 0.0
  }

  func run(_ corpus: [[UInt8]], by route: any Route) async throws -> Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    let queue = Queue(corpus)
    return try await withThrowingTaskGroup(of: Outcome.self) { group in
      for lane in 0..<Self.inFlight {
        group.addTask {
          var outcome = Outcome()
          var round = lane
          while case let due = Double(round * size) / rate, due < Double(seconds) {
            try await clock.sleep(until: start + .seconds(due))
            let transactions = queue.take(size)
            guard !transactions.isEmpty else { throw ProgramFailed("the node takes more than was signed") }
            let refused = try await route.offer(transactions[...])
            queue.putBack(refused)
            outcome.offered += transactions.count
            outcome.accepted += transactions.count - refused.count
            round += Self.inFlight
          }
          outcome.elapsed = (clock.now - start).inSeconds
          return outcome
        }
      }
      return try await group.reduce(into: Outcome()) { sum, part in
        sum.offered += part.offered
        sum.accepted += part.accepted
        sum.elapsed = max(sum.elapsed, part.elapsed)
      }
    }
  }

  /// Transactions that were not taken yet; those that were refused go first, since their time runs out.
  private final class Queue: Sendable {
    private let waiting: Mutex<(fresh: ArraySlice<[UInt8]>, refused: [[UInt8]])>

    init(_ corpus: [[UInt8]]) { waiting = Mutex((corpus[...], [])) }

    func take(_ count: Int) -> [[UInt8]] {
      waiting.withLock { waiting in
        let again = waiting.refused.suffix(count)
        let fresh = waiting.fresh.prefix(count - again.count)
        waiting.refused.removeLast(again.count)
        waiting.fresh.removeFirst(fresh.count)
        return Array(again + fresh)
      }
    }

    func putBack(_ transactions: [[UInt8]]) { waiting.withLock { $0.refused += transactions } }
  }
}

/// The resident memory of a process, once a second.
final class MemoryTrace: Sendable {
  private let identifier: Int32
  private let samples = Mutex<[Double]>([])
  var mebibytes: [Double] { samples.withLock { $0 } }

  init(of identifier: Int32) { self.identifier = identifier }

  func run() async throws {
    while !Task.isCancelled {
      let now = try ProcessUsage(of: identifier).mebibytes
      samples.withLock { $0.append(now) }
      try await Task.sleep(for: .seconds(1))
    }
  }
}

internal import Foundation

/// Transactions that come at a fixed rate, whatever becomes of them: an open loop.
struct OfferedLoad: Sendable {
  /// Time between two sendings, in seconds.
  private static let tick = 0.02
  /// Time after the last one in which blocks still count, in seconds.
  private static let patience = 20.0
  let perSecond: Int
  let seconds: Int

  /// What a load came to.
  struct Outcome: Sendable {
    let committed: Int
    /// From the first transaction to the last block with any, in seconds.
    let elapsed: Double
    var perSecond: Double { Double(committed) / elapsed }
  }

  var count: Int { perSecond * seconds }

  /// Offers `requests`, each to the next of `nodes`, and counts what got into blocks.
  func run(_ requests: [[UInt8]], to nodes: [CometRPC]) async throws -> Outcome {
    let first = try await nodes[0].height() + 1
    let clock = ContinuousClock()
    let start = clock.now
    let size = max(1, Int(Double(requests.count) * Self.tick / Double(seconds)))
    try await withThrowingDiscardingTaskGroup { group in
      for (tick, begin) in stride(from: 0, to: requests.count, by: size).enumerated() {
        try await clock.sleep(until: start + .seconds(Double(tick) * Self.tick))
        for index in begin..<min(begin + size, requests.count) {
          group.addTask { try await nodes[index % nodes.count].send(requests[index]) }
        }
      }
    }
    return try await settle(nodes[0], from: first) { (clock.now - start).inSeconds }
  }

  /// Waits until everything is in blocks, or patience ends.
  private func settle(_ node: CometRPC, from first: Int, _ elapsed: () -> Double) async throws -> Outcome {
    var outcome = Outcome(committed: 0, elapsed: elapsed())
    while outcome.committed < count, elapsed() < Double(seconds) + Self.patience {
      let found = try await node.transactions(from: first)
      if found > outcome.committed { outcome = Outcome(committed: found, elapsed: elapsed()) }
      try await Task.sleep(for: .milliseconds(200))
    }
    return outcome
  }
}

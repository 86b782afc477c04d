internal import Synchronization

/// Submits transactions at times that are fixed beforehand, whether or not the node keeps up: an open loop.
///
/// A submission's time counts from the moment at which it was due, so that a node that stalls cannot hide it by holding up what
/// would have come meanwhile.
struct PacedLoad: Sendable {
  /// Transactions a second.
  let rate: Double
  /// Transactions in one submission.
  let size: Int

  /// Submits all of `corpus`, and waits for the answers.
  func run(_ corpus: [[UInt8]], by route: any Route) async throws -> Load.Outcome {
    let clock = ContinuousClock()
    let start = clock.now
    return try await withThrowingTaskGroup(of: (committed: Int, done: Double, latency: Double).self) { group in
      var outcome = Load.Outcome(offered: corpus.count)
      for first in stride(from: 0, to: corpus.count, by: size) {
        let due = Double(first) / rate
        try await clock.sleep(until: start + .seconds(due))
        group.addTask {
          let committed = try await route.submit(corpus[first..<min(first + size, corpus.count)])
          let done = (clock.now - start).inSeconds
          return (committed, done, done - due)
        }
      }
      for try await (committed, done, latency) in group {
        outcome.committed += committed
        outcome.latencies.append(latency)
        outcome.elapsed = max(outcome.elapsed, done)
      }
      return outcome
    }
  }
}

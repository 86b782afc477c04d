internal import Synchronization

/// Keeps submissions in flight until its time is up: a closed loop.
struct Load: Sendable {
  /// Submissions in flight at once.
  let inFlight: Int
  /// Transactions in one submission.
  let size: Int
  let seconds: Int

  /// What a load came to.
  struct Outcome: Sendable {
    var offered = 0
    var committed = 0
    /// Of each submission, in seconds.
    var latencies: [Double] = []
    var elapsed = 0.0
    var perSecond: Double { elapsed > 0 ? Double(committed) / elapsed : 0 }

    /// Whether everything was committed, and all but one submission in a hundred within `seconds`.
    func isHeld(within seconds: Double) -> Bool {
      committed == offered && latencies.percentile(0.99).map { $0 <= seconds } ?? false
    }
  }

  /// Submits `corpus` by `route`, at most once.
  func run(_ corpus: [[UInt8]], by route: any Route) async throws -> Outcome {
    let position = Mutex(0)
    let clock = ContinuousClock()
    let start = clock.now
    let next: @Sendable () -> ArraySlice<[UInt8]> = {
      position.withLock { position in
        defer { position = min(position + size, corpus.count) }
        return corpus[position..<min(position + size, corpus.count)]
      }
    }
    var outcome = try await withThrowingTaskGroup(of: Outcome.self) { group in
      for _ in 0..<inFlight {
        group.addTask {
          var outcome = Outcome()
          while (clock.now - start).inSeconds < Double(seconds) {
            let transactions = next()
            guard !transactions.isEmpty else { break }
            let sent = clock.now
            outcome.offered += transactions.count
            outcome.committed += try await route.submit(transactions)
            outcome.latencies.append((clock.now - sent).inSeconds)
          }
          return outcome
        }
      }
      return try await group.reduce(into: Outcome()) { sum, part in
        sum.offered += part.offered
        sum.committed += part.committed
        sum.latencies += part.latencies
      }
    }
    outcome.elapsed = (clock.now - start).inSeconds
    return outcome
  }
}

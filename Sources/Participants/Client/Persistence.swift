internal import LedgerKit
internal import Operations

extension RelayClient {
  /// Repeats `call` while the relay does not answer, for so long at the most.
  func persistently<Answer: Sendable>(
    for patience: Duration, pausing pause: Duration, _ call: () async throws(ClientError) -> Answer
  ) async throws(ClientError) -> Answer {
    let end = ContinuousClock.now + patience
    while true {
      do throws(ClientError) { return try await call() } catch {
        guard error.isTransient, ContinuousClock.now < end else { throw error }
      }
      try await Self.pause(pause)
    }
  }

  static func pause(_ duration: Duration = .milliseconds(200)) async throws(ClientError) {
    do { try await Task.sleep(for: duration) } catch { throw .unexpected("cancelled") }
  }
}

extension ClientError {
  /// Whether the same call may succeed later: no answer came, or the relay is about to stop.
  var isTransient: Bool {
    switch self {
    case .unreachable: true
    case .rejected(let rejection): ["node.shuttingDown", "node.mempoolFull"].contains(rejection.name)
    case .problem(let problem): problem.status == 503
    case .unexpected, .refused: false
    }
  }

  /// Whether the same envelope may still be committed: it is pending, or was executed before, or no answer came.
  var isWorthRepeating: Bool {
    guard case .rejected(let rejection) = self else { return isTransient }
    return isTransient || ["ledger.duplicate", "node.alreadyPending"].contains(rejection.name)
  }
}

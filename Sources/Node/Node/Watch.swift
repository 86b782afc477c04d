internal import Cryptography
internal import LedgerKit
internal import Synchronization

/// What becomes of transactions that were sent in together, gathered as it happens.
final class Watch: Sendable {
  private struct Progress {
    var submissions: [Submission]
    var waiting: Int
    var isOver = false
    var continuation: CheckedContinuation<Void, Never>?
  }
  private let progress: Mutex<Progress>
  /// The transactions that waited when the watch began, by their places.
  let ids: [(place: Int, id: Digest)]

  init(_ submissions: [Submission]) {
    ids = submissions.enumerated().compactMap { place, submission in
      submission.isWaiting ? submission.id.map { (place, $0) } : nil
    }
    progress = Mutex(Progress(submissions: submissions, waiting: ids.count))
  }

  /// Notes that the transaction at `place` was not taken, whatever became of another copy of it meanwhile.
  func refuse(_ reason: Rejection, at place: Int) {
    progress.withLock { progress in
      let submission = progress.submissions[place]
      if submission.isWaiting { progress.waiting -= 1 }
      progress.submissions[place] = .refused(reason, id: submission.id)
    }
  }

  /// Notes what became of the transaction at `place`; what was noted first stays.
  func note(_ submission: Submission, at place: Int) {
    progress.withLock { progress -> CheckedContinuation<Void, Never>? in
      guard progress.submissions[place].isWaiting else { return nil }
      progress.submissions[place] = submission
      progress.waiting -= 1
      return progress.waiting == 0 ? progress.continuation.take() : nil
    }?.resume()
  }

  /// How far each has come once none waits, `limit` has passed, or the task is cancelled.
  func submissions(within limit: Duration?) async -> [Submission] {
    let timer = limit.map { limit in
      Task {
        try? await Task.sleep(for: limit)
        end()
      }
    }
    await withTaskCancellationHandler {
      await suspend()
    } onCancel: {
      end()
    }
    timer?.cancel()
    return progress.withLock { $0.submissions }
  }

  private func suspend() async {
    await withCheckedContinuation { continuation in
      progress.withLock { progress -> CheckedContinuation<Void, Never>? in
        guard progress.waiting > 0, !progress.isOver else { return continuation }
        progress.continuation = continuation
        return nil
      }?.resume()
    }
  }

  /// Ends the wait, however far the transactions have come.
  func end() {
    progress.withLock { progress in
      progress.isOver = true
      return progress.continuation.take()
    }?.resume()
  }
}

import Cryptography
import Jobs
import Sandbox
import Synchronization

/// An executor without a sandbox: every job succeeds at once and says its command, or waits to be let go.
final class CountingExecutor: Executor {
  private struct Count {
    var jobs: [Job] = []
    var running = 0
    var mostAtOnce = 0
  }

  private let count = Mutex(Count())
  private let isHeld: Mutex<Bool>

  init(isHeld: Bool = false) { self.isHeld = Mutex(isHeld) }

  /// Jobs that were started.
  var runs: Int { jobs.count }
  /// The jobs that were started, with the limits they were given.
  var jobs: [Job] { count.withLock { $0.jobs } }
  var mostAtOnce: Int { count.withLock { $0.mostAtOnce } }

  /// Lets every job end.
  func release() { isHeld.withLock { $0 = false } }

  func check(in workingFolder: String) async throws(ExecutorError) {}

  func run(_ job: Job, inputs: [String: [UInt8]], in workingFolder: String) async throws(ExecutorError) -> Execution {
    count.withLock { count in
      count.jobs.append(job)
      count.running += 1
      count.mostAtOnce = max(count.mostAtOnce, count.running)
    }
    defer { count.withLock { $0.running -= 1 } }
    while isHeld.withLock({ $0 }) {
      do { try await Task.sleep(for: .milliseconds(1)) } catch { throw .cancelled }
    }
    let output = Array(job.command.joined(separator: " ").utf8)
    let result = JobResult(
      outcome: .succeeded, exitCode: 0, usageMilliseconds: 1_500, cpuMilliseconds: 1, peakMemoryKibibytes: nil,
      standardOutput: Digest(of: output), standardError: nil, standardOutputCut: false, standardErrorCut: false,
      outputs: [])
    return Execution(result: result, standardOutput: output, standardError: [], outputFolder: workingFolder)
  }
}

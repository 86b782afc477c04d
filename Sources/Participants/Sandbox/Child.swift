internal import Foundation
internal import Synchronization

/// A child process in a process group of its own, and why it was ended if it was.
final class Child: Sendable {
  /// Why the provider ended a job.
  enum Reason: Sendable { case cancelled, cpuExhausted, outOfMemory }

  /// How the process ended.
  struct Ending: Sendable {
    /// Exit code, or 128 plus the signal.
    let exitCode: UInt32
    /// Processor time of the process and of all its descendants that were waited for.
    let cpuMilliseconds: UInt64
    let reason: Reason?
  }

  private struct State {
    var process: pid_t?
    var hasEnded = false
    var reason: Reason?
  }
  private let state = Mutex(State())

  /// The running process, or `nil` before its start and after its end.
  var process: pid_t? { state.withLock { $0.hasEnded ? nil : $0.process } }

  /// Kills the whole group, now or as soon as it starts; the sandbox takes everything inside with it.
  func end(because reason: Reason) {
    state.withLock { state in
      guard !state.hasEnded, state.reason == nil else { return }
      state.reason = reason
      if let process = state.process { kill(-process, SIGKILL) }
    }
  }

  /// Runs `commandLine` to its end on a thread of its own.
  ///
  /// The thread lives as long as the process: Linux sends the parent-death signal when the thread that started a process ends.
  func run(_ commandLine: [String], _ descriptors: Descriptors) async throws(ExecutorError) -> Ending {
    let ending: Result<Ending, ExecutorError> = await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        let code = self.start(commandLine, descriptors)
        descriptors.closeOwn()
        let failure = ExecutorError.launchFailed(detail: String(cString: strerror(code)))
        continuation.resume(returning: code == 0 ? .success(self.wait()) : .failure(failure))
      }
    }
    return try ending.get()
  }

  private func start(_ commandLine: [String], _ descriptors: Descriptors) -> Int32 {
    state.withLock { state in
      var process: pid_t = 0
      let code = descriptors.spawn(commandLine, &process)
      guard code == 0 else { return code }
      state.process = process
      if state.reason != nil { kill(-process, SIGKILL) }
      return 0
    }
  }

  /// Waits without reaping first, so that ``end(because:)`` never meets a process number that was given to another.
  private func wait() -> Ending {
    let process = state.withLock { $0.process ?? 0 }
    var information = siginfo_t()
    while waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT) == -1, errno == EINTR {}
    return state.withLock { state in
      state.hasEnded = true
      var status: Int32 = 0
      var usage = rusage()
      wait4(process, &status, 0, &usage)
      let signal = status & 0x7F
      let exitCode = signal == 0 ? UInt32(status >> 8 & 0xFF) : 128 + UInt32(signal)
      return Ending(exitCode: exitCode, cpuMilliseconds: Self.milliseconds(usage), reason: state.reason)
    }
  }

  private static func milliseconds(_ usage: rusage) -> UInt64 {
    let seconds = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec
    let microseconds = usage.ru_utime.tv_usec + usage.ru_stime.tv_usec
    return UInt64(seconds * 1_000 + microseconds / 1_000)
  }
}

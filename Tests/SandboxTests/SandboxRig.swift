import Cryptography
import Foundation
import Jobs
import Sandbox

/// What the tests of real sandbox runs share.
enum SandboxRig {
  /// Why jobs cannot run on this machine, or `nil` when they can.
  static func obstacle() async -> ExecutorError? {
    do throws(ExecutorError) { try await BubblewrapExecutor().check() } catch { return error }
    return nil
  }

  static let isAvailable: @Sendable () async -> Bool = { await obstacle() == nil }

  static let hasPython: @Sendable () async -> Bool = {
    await obstacle() == nil && FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")
  }

  static func limits(wall: UInt32 = 20, cpu: UInt32 = 20, memory: UInt32 = 256, processes: UInt32 = 16) -> JobLimits {
    JobLimits(
      wallSeconds: wall, cpuSeconds: cpu, memoryMebibytes: memory, diskMebibytes: 4, processes: processes)
  }

  static func folder() -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent("sandbox-test-\(UUID().uuidString)")
  }

  /// Runs a job in a folder of its own and calls `body` with what came of it.
  static func run<Value>(
    _ command: [String], inputs: [String: [UInt8]] = [:], outputs: [String] = [], limits: JobLimits = limits(),
    in folder: URL = folder(), _ body: (Execution) throws -> Value
  ) async throws -> Value {
    defer { try? FileManager.default.removeItem(at: folder) }
    let list = inputs.sorted { $0.key < $1.key }.map { JobInput(path: $0.key, content: Digest(of: $0.value)) }
    let job = Job(command: command, inputs: list, outputs: outputs, limits: limits)
    return try body(try await BubblewrapExecutor().run(job, inputs: inputs, in: folder.path))
  }

  /// The names of what `folder` holds, or `nil` when there is no such folder.
  static func names(in folder: String) -> [String]? { try? FileManager.default.contentsOfDirectory(atPath: folder) }

  /// Runs a shell script as a job.
  static func shell(_ script: String, outputs: [String] = [], limits: JobLimits = limits()) async throws -> Execution {
    try await run(["sh", "-c", script], outputs: outputs, limits: limits) { $0 }
  }

  /// The processes of this machine whose command line holds `text`.
  static func processes(mentioning text: String) -> [String] {
    let numbers = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return numbers.filter { number in
      guard Int(number) != nil, let line = FileManager.default.contents(atPath: "/proc/\(number)/cmdline") else {
        return false
      }
      return String(decoding: line, as: UTF8.self).contains(text)
    }
  }
}

import Foundation
import Synchronization

/// A `relay` command running as a process of its own, killed when it goes out of scope.
final class RelayProcess: Sendable {
  private let process: Mutex<Process>
  private let output = Mutex<[UInt8]>([])
  let arguments: [String]

  /// The executable that was built beside the tests.
  static let executable =
    Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
    .map { $0.deletingLastPathComponent().appendingPathComponent("relay") }
    ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appendingPathComponent("relay")

  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    self.arguments = arguments
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    self.process = Mutex(process)
    pipe.fileHandleForReading.readabilityHandler = { [weak self] handle in
      let data = handle.availableData
      if data.isEmpty { handle.readabilityHandler = nil } else { self?.output.withLock { $0 += data } }
    }
    try self.process.withLock { try $0.run() }
  }

  deinit { kill() }

  var isRunning: Bool { process.withLock { $0.isRunning } }

  /// Everything that the process printed so far.
  var text: String { output.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Ends the process as a power cut would.
  func kill() {
    process.withLock { process in
      guard process.isRunning else { return }
      Foundation.kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
  }

  /// Asks the process to end, and waits for it.
  func terminate() -> Int32 {
    process.withLock { process in
      if process.isRunning { process.terminate() }
      process.waitUntilExit()
      return process.terminationStatus
    }
  }

  /// Waits for the process to end by itself.
  func wait() async throws -> Int32 {
    while isRunning { try await Task.sleep(for: .milliseconds(20)) }
    return process.withLock { $0.terminationStatus }
  }
}

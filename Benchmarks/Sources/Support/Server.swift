internal import Foundation

/// A process that runs beside a measurement, until the measurement ends it by its id.
final class Server: Sendable {
  private let process: Process
  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// - Parameter log: path of the file that takes what it prints.
  init(_ program: Program, _ arguments: [String], environment: [String: String] = [:], log: String) throws {
    process = Process()
    process.executableURL = URL(filePath: program.path)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    guard FileManager.default.createFile(atPath: log, contents: nil), let file = FileHandle(forWritingAtPath: log)
    else { throw ProgramFailed("\(log) cannot be written") }
    process.standardOutput = file
    process.standardError = file
    try process.runUnmasked()
  }

  deinit { stop() }

  /// Asks the process to end, and kills it when it has not after ten seconds.
  func stop() {
    guard process.isRunning else { return }
    kill(process.processIdentifier, SIGTERM)
    let deadline = Date(timeIntervalSinceNow: 10)
    while process.isRunning, Date() < deadline { usleep(10_000) }
    if process.isRunning { kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
  }

  /// Calls `isReady` until it says so; throws when the process ends before, or `seconds` have passed.
  func wait(seconds: Double, until isReady: () async -> Bool) async throws {
    let deadline = Date(timeIntervalSinceNow: seconds)
    while !(await isReady()) {
      guard process.isRunning else { throw ProgramFailed("\(process.executableURL?.path ?? "a program") ended early") }
      guard Date() < deadline else { throw ProgramFailed("not ready within \(seconds) s") }
      try await Task.sleep(for: .milliseconds(10))
    }
  }
}

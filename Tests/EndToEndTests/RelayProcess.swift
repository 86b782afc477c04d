import Foundation

/// A program running as a process of its own: the built `relay`, unless another is named.
final class RelayProcess: Sendable {
  /// How a process ended, and what it printed.
  struct Ending: Sendable {
    let status: Int32
    let output: String
    let errors: String
  }

  /// The executable that was built beside the tests.
  static let executable = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "relay")

  private let process = Process()
  private let folder = FileManager.default.temporaryDirectory.appending(path: "process-\(UUID().uuidString)")
  private let words: [String]

  init(_ words: [String], executable: URL = executable, environment: [String: String] = [:]) throws {
    self.words = words
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    process.executableURL = executable
    process.arguments = words
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try file("output")
    process.standardError = try file("errors")
    try process.run()
  }

  deinit {
    signal(SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  var isRunning: Bool { process.isRunning }
  /// Everything that it printed so far, errors last.
  var text: String { read("output") + read("errors") }

  /// Ends the process as a power cut would.
  func kill() async throws {
    signal(SIGKILL)
    _ = try await end()
  }

  /// Asks the process to end, and waits for it.
  func terminate() async throws -> Ending {
    signal(SIGTERM)
    return try await end()
  }

  /// Waits for the end; a process that takes longer than `limit` is killed.
  func end(within limit: Duration = .seconds(60)) async throws -> Ending {
    let deadline = ContinuousClock.now + limit
    while process.isRunning {
      guard ContinuousClock.now < deadline else {
        signal(SIGKILL)
        throw Overdue("\(words.joined(separator: " ")) did not end within \(limit): \(text)")
      }
      try await Task.sleep(for: .milliseconds(10))
    }
    return Ending(status: process.terminationStatus, output: read("output"), errors: read("errors"))
  }

  private func signal(_ number: Int32) {
    if process.isRunning { Foundation.kill(process.processIdentifier, number) }
  }

  private func file(_ name: String) throws -> FileHandle {
    let url = folder.appending(path: name)
    try Data().write(to: url)
    return try FileHandle(forWritingTo: url)
  }

  private func read(_ name: String) -> String {
    String(decoding: (try? Data(contentsOf: folder.appending(path: name))) ?? Data(), as: UTF8.self)
  }
}

/// Something took longer than it may.
struct Overdue: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

/// Calls `body`, which is cancelled when it takes longer than `limit`.
func withTimeLimit<Value: Sendable>(
  _ limit: Duration, _ what: String, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
  try await withThrowingTaskGroup(of: Value.self) { group in
    group.addTask(operation: body)
    group.addTask {
      try await Task.sleep(for: limit)
      throw Overdue("\(what) took longer than \(limit)")
    }
    defer { group.cancelAll() }
    guard let value = try await group.next() else { throw CancellationError() }
    return value
  }
}

import Foundation

/// A program that a test runs when the machine has it.
enum Tool {
  static let transferScript = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Python/transfer_with_protobuf.py").path

  static let hasProtoc = run(["protoc", "--version"]).status == 0
  /// The Python that has the tools: the one that the variable PYTHON names, or `python3`.
  static let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
  static let hasPythonLibraries = run([python, "-c", "import google.protobuf, cryptography"]).status == 0

  /// Runs `words` in `folder`: how it ended and what it printed, errors included.
  static func run(_ words: [String], in folder: URL? = nil) -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.standardOutput = pipe
    process.standardError = pipe
    do { try process.run() } catch { return (127, "\(error)") }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  /// Calls `body` with a folder that is removed afterwards.
  static func withTemporaryFolder(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "relay-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }
}

import Foundation

/// A program that a test runs when the machine has it.
enum Tool {
  static let transferScript = script("transfer_with_protobuf.py")
  static let compositionScript = script("check_composition.py")

  static let hasProtoc = run(["protoc", "--version"]).status == 0
  /// The Python that has the tools: the one that the variable PYTHON names, or `python3`.
  static let python = ProcessInfo.processInfo.environment["PYTHON"] ?? "python3"
  static let hasYAML = run([python, "-c", "import yaml"]).status == 0
  static let hasPythonLibraries = run([python, "-c", "import google.protobuf, cryptography"]).status == 0

  private static func script(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().appending(path: "Python/\(name)")
      .path
  }

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

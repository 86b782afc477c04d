internal import Foundation

/// A program that a measurement runs.
struct Program: Sendable {
  let path: String

  /// - Throws: ``NotInstalled`` when there is no such program.
  init(at path: String) throws {
    guard FileManager.default.isExecutableFile(atPath: path) else {
      throw NotInstalled(program: URL(filePath: path).lastPathComponent)
    }
    self.path = path
  }

  /// The program called `name` in the search path.
  init(named name: String) throws {
    let folders = ProcessInfo.processInfo.environment["PATH", default: "/usr/bin:/bin"].split(separator: ":")
    let paths = folders.map { "\($0)/\(name)" }
    guard let path = paths.first(where: FileManager.default.isExecutableFile) else { throw NotInstalled(program: name) }
    try self.init(at: path)
  }

  /// What `Scripts/install-benchmarks` made.
  init(installed name: String) throws { try self.init(at: ".build-benchmarks/\(name)") }

  /// Runs it to its end, and returns what it printed.
  @discardableResult
  func output(_ arguments: [String]) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: path)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.runUnmasked()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      throw ProgramFailed("\(path) \(arguments.joined(separator: " ")) ended with \(process.terminationStatus)")
    }
    return text
  }

  /// The number that it prints.
  func number(_ arguments: [String]) throws -> Double {
    let text = try output(arguments).trimmingCharacters(in: .whitespacesAndNewlines)
    guard let number = Double(text) else { throw ProgramFailed("\(path) printed \"\(text)\"; expected a number") }
    return number
  }
}

/// A program did not do what was asked of it.
struct ProgramFailed: Error, CustomStringConvertible {
  let description: String
  init(_ description: String) { self.description = description }
}

extension Process {
  /// Starts the process with no signal blocked: threads of the concurrency runtime block all, which children would inherit.
  func runUnmasked() throws {
    var none = sigset_t()
    var previous = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    try run()
  }
}

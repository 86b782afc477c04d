internal import Foundation

/// A program that this process started, and ends by its id.
final class ChildProcess: Sendable {
  private static let poll = Duration.milliseconds(100)
  private let process: Process

  /// - Parameter log: path of the file to whose end everything goes that it prints.
  init(_ program: String, _ arguments: [String], log: String) throws {
    process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    let file = try Self.open(log)
    process.standardOutput = file
    process.standardError = file
    do { try process.runUnmasked() } catch {
      throw Failure("\(program) cannot be started: \(error.localizedDescription)")
    }
    try? file.close()
  }

  private static func open(_ log: String) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: log) { try Files.write([], to: log) }
    guard let file = FileHandle(forWritingAtPath: log) else { throw Failure("cannot write \(log)") }
    file.seekToEndOfFile()
    return file
  }

  var identifier: Int32 { process.processIdentifier }
  var isRunning: Bool { process.isRunning }

  /// Asks it to end, and kills it when it has not after `patience`.
  func end(within patience: Duration = .seconds(15)) async {
    signal(SIGTERM)
    let deadline = ContinuousClock.now + patience
    while process.isRunning, ContinuousClock.now < deadline { await Self.pause() }
    signal(SIGKILL)
    while process.isRunning { await Self.pause() }
  }

  private func signal(_ number: Int32) { if process.isRunning { kill(process.processIdentifier, number) } }

  /// Waits a moment, in a task that is cancelled too.
  private static func pause() async { await Task { try? await Task.sleep(for: poll) }.value }
}

extension Process {
  /// Starts the process with no signal blocked: threads of the concurrency runtime block all, which children would inherit.
  fileprivate func runUnmasked() throws {
    var none = sigset_t()
    var previous = sigset_t()
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &previous)
    defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
    try run()
  }
}

internal import Foundation

/// The two processes of a validator, which live and die together: CometBFT stops when it loses the ledger, and needs it to start.
actor ValidatorProcesses {
  /// Deaths in a row, each soon after the start, after which it is not tried again.
  private static let patience = 5
  private static let soon = Duration.seconds(20)

  nonisolated let validator: TestnetValidator
  private let programs: TestnetPrograms
  private let ports: TestnetPorts
  private(set) var relay: ChildProcess?
  private(set) var comet: ChildProcess?
  private(set) var restarts = 0
  /// Why they ended last.
  private(set) var note: String?

  init(_ validator: TestnetValidator, programs: TestnetPrograms, ports: TestnetPorts) {
    self.validator = validator
    self.programs = programs
    self.ports = ports
  }

  /// Keeps both running until the task is cancelled, and ends them then; returns before when they keep dying.
  func run() async {
    var deaths = 0
    while deaths < Self.patience {
      let start = ContinuousClock.now
      let cause = await live()
      await end()
      guard !Task.isCancelled else { return }
      deaths = ContinuousClock.now - start < Self.soon ? deaths + 1 : 1
      restarts += 1
      note = "\(validator.name): \(cause), so both started again"
      try? await Task.sleep(for: .seconds(1))
    }
    note = "\(validator.name) keeps dying, and is left alone now\n\(tail(of: "relay"))\n\(tail(of: "comet"))"
  }

  /// Starts both, and returns why they cannot go on.
  private func live() async -> String {
    do {
      relay = try ChildProcess(programs.relay, relayArguments, log: validator.log(of: "relay"))
      while !FileManager.default.fileExists(atPath: validator.socket) {
        guard relay?.isRunning == true else { return "its relay ended" }
        try await Task.sleep(for: .milliseconds(50))
      }
      comet = try ChildProcess(
        programs.comet, ["start", "--home", validator.comet], log: validator.log(of: "comet"))
      while relay?.isRunning == true, comet?.isRunning == true { try await Task.sleep(for: .milliseconds(100)) }
      return relay?.isRunning == true ? "its CometBFT ended" : "its relay ended"
    } catch { return "\(error)" }
  }

  /// Ends both, CometBFT first: it complains when the ledger leaves it.
  private func end() async {
    await comet?.end()
    await relay?.end()
    (comet, relay) = (nil, nil)
    // A relay that was killed leaves it behind, and CometBFT would be started before the next one listens.
    unlink(validator.socket)
  }

  private var relayArguments: [String] {
    [
      "node", "--home", validator.relay.folder, "--port", "\(ports.http(validator))", "--abci",
      "unix://\(validator.socket)",
      "--comet-rpc", "http://127.0.0.1:\(ports.rpc(validator))", "--snapshot-every", "100"
    ]
  }

  private func tail(of program: String) -> String {
    let path = validator.log(of: program)
    let lines = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self).split(
      separator: "\n")
    return ([Substring("the end of \(path):")] + lines.suffix(10)).joined(separator: "\n").printableLines
  }
}

/// What the processes of a test network run.
struct TestnetPrograms: Sendable {
  let relay: String
  let comet: String

  /// This program, and the CometBFT at `path` or in the search path.
  init(comet path: String?) throws {
    guard let relay = Bundle.main.executablePath else { throw Failure("this program does not find its own file") }
    self.relay = relay
    let folders = ProcessInfo.processInfo.environment["PATH", default: ""].split(separator: ":")
    let candidates = path.map { [$0] } ?? folders.map { "\($0)/cometbft" }
    guard let comet = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw Failure(
        "\(path ?? "cometbft, which is looked for in PATH,") is not there: a network of validators needs CometBFT v0.38, "
          + "a single program from https://github.com/cometbft/cometbft/releases; put it into PATH, or give --cometbft FILE"
      )
    }
    self.comet = URL(filePath: comet).standardizedFileURL.path
  }
}

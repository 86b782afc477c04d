import Client
import Encoding
import Foundation
import LedgerKit
import Testing

/// `relay testnet` as somebody runs it who wants to see validators.
@Suite("relay testnet", .timeLimit(.minutes(3)))
struct TestnetCommandTests {
  @Test("says where CometBFT is to be had when it is missing")
  func missing() async throws {
    let ending = try await RelayProcess(["testnet", "--cometbft", "/nowhere/cometbft"]).end()
    #expect(ending.status == 1)
    #expect(ending.errors.contains("/nowhere/cometbft is not there"), "\(ending.errors)")
    #expect(ending.errors.contains("https://github.com/cometbft/cometbft/releases"))
  }

  @Test(
    "shows each validator, starts a pair again of which one died, and leaves nothing behind",
    .enabled(if: TestMachine.cometBFT != nil, TestMachine.cometReason))
  func network() async throws {
    try await TestMachine.withFolder { folder in
      let port = try TestMachine.freePorts(12)
      let process = try RelayProcess(["testnet", "--json", "--port", "\(port)"], environment: ["TMPDIR": folder])
      let grown = try await status(of: process, "all have two blocks") { $0.allSatisfy { $0.height >= 2 } }
      #expect(grown.map(\.name) == (1...4).map { "validator-\($0)" })
      #expect(grown.allSatisfy { $0.peers == 3 && $0.power == 1_000 && $0.processes.count == 2 })

      let victim = try #require(grown[1].processes.first)
      kill(victim, SIGKILL)
      let restarted = try await status(of: process, "the second runs again") {
        $0[1].restarts == 1 && $0[1].height > $0[0].height - 2 && $0[1].height > grown[1].height + 2
      }
      #expect(restarted[1].note?.contains("its relay ended") == true)
      #expect([0, 2, 3].allSatisfy { restarted[$0].restarts == 0 })

      let ending = try await process.terminate()
      #expect(ending.status == 0, "\(ending.errors)")
      let left = restarted.flatMap(\.processes).filter { kill($0, 0) == 0 }
      #expect(left.isEmpty, "processes that were left behind")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "the network's folder is gone")
    }
  }

  /// What one line says of a validator.
  private struct Status {
    let name: String
    let height: Int
    let peers: Int
    let power: Int
    let restarts: Int
    let note: String?
    let processes: [Int32]

    init?(_ json: JSON) {
      guard case .string(let name)? = json["name"], let restarts = Self.number(json["restarts"]),
        case .object(let processes)? = json["processes"]
      else { return nil }
      (self.name, self.restarts) = (name, restarts)
      height = Self.number(json["height"]) ?? 0
      peers = Self.number(json["peers"]) ?? 0
      power = Self.number(json["power"]) ?? 0
      note = if case .string(let note)? = json["note"] { note } else { nil }
      self.processes = processes.compactMap { Self.number($0.value).map { Int32($0) } }
    }

    private static func number(_ json: JSON?) -> Int? {
      if case .number(let digits)? = json { Int(digits) } else { nil }
    }
  }

  /// The newest line that is as it should be.
  private func status(
    of process: RelayProcess, _ what: String, _ isThere: ([Status]) -> Bool
  ) async throws -> [Status] {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      try #require(process.isRunning, "\(process.text)")
      let line = process.text.split(separator: "\n").last { $0.hasPrefix("{") && $0.hasSuffix("}") }
      if let line, case .array(let entries)? = try JSON(parsing: Array(line.utf8))["validators"] {
        let statuses = entries.compactMap { Status($0) }
        if statuses.count == 4, isThere(statuses) { return statuses }
      }
      try await Task.sleep(for: .milliseconds(200))
    }
    throw Overdue("waited a minute until \(what): \(process.text.suffix(3000))")
  }
}

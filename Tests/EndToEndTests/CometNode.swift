import Client
import CometEngine
import Encoding
import Foundation
import LedgerKit
import Operations
import Testing

/// One machine of a network of validators: a relay and a CometBFT as real processes, in a folder of their own.
final class CometNode {
  let folder: String
  let port: Int
  let rpcPort: Int
  let client: RelayClient
  let rpc: CometRPC
  private(set) var relay: RelayProcess?
  private(set) var comet: RelayProcess?

  init(folder: String, port: Int, rpcPort: Int) {
    self.folder = folder
    self.port = port
    self.rpcPort = rpcPort
    client = RelayClient(url: "http://127.0.0.1:\(port)", chain: "testnet", timeout: .seconds(20))
    rpc = CometRPC(url: "http://127.0.0.1:\(rpcPort)")
  }

  private var socket: String { folder + "/abci.sock" }
  var configuration: URL { URL(filePath: folder + "/comet/config/config.toml") }

  /// Starts both, the relay first.
  func start() async throws {
    try await startRelay()
    try startComet()
  }

  func startComet() throws {
    comet = try RelayProcess(
      ["start", "--home", folder + "/comet"], executable: try #require(TestMachine.cometBFT))
  }

  private func startRelay() async throws {
    try? FileManager.default.removeItem(atPath: socket)
    let words = [
      "node", "--home", folder + "/relay", "--port", "\(port)", "--abci", "unix://\(socket)",
      "--comet-rpc", "http://127.0.0.1:\(rpcPort)", "--snapshot-every", "5"
    ]
    let process = try RelayProcess(words)
    relay = process
    try await until("the relay waits for CometBFT") {
      try #require(process.isRunning, "\(process.text)")
      return FileManager.default.fileExists(atPath: socket)
    }
  }

  /// Ends whatever runs as a power cut would.
  func kill() async throws {
    try await comet?.kill()
    try await relay?.kill()
    (comet, relay) = (nil, nil)
  }

  /// Kills the relay alone; CometBFT stops when it loses the ledger.
  func killRelay() async throws {
    try await relay?.kill()
    let comet = try #require(comet)
    try await until("CometBFT stops too", within: .seconds(20)) { !comet.isRunning }
  }

  /// Kills CometBFT alone.
  func killComet() async throws { try await comet?.kill() }

  /// Ends both, and deletes what they know of the chain; what the validator signed stays, or it might sign anew.
  func wipe() async throws {
    try await kill()
    let (files, signed) = (FileManager.default, folder + "/comet/data/priv_validator_state.json")
    let state = try Data(contentsOf: URL(filePath: signed))
    for name in try files.contentsOfDirectory(atPath: folder + "/relay") where name != "genesis.json" {
      try files.removeItem(atPath: "\(folder)/relay/\(name)")
    }
    try files.removeItem(atPath: folder + "/comet/data")
    try files.createDirectory(atPath: folder + "/comet/data", withIntermediateDirectories: true)
    try state.write(to: URL(filePath: signed))
  }

  /// Has CometBFT begin with a snapshot of other nodes, in the state that they agree on.
  func syncState(from others: [CometNode]) async throws {
    let commit = try await others[0].rpc.ask("commit?height=2")
    guard case .string(let hash)? = commit["signed_header"]?["commit"]?["block_id"]?["hash"] else {
      throw Overdue("there is no block 2: \(commit)")
    }
    let servers = others.map { "127.0.0.1:\($0.rpcPort)" }.joined(separator: ",")
    let section = """

      [statesync]
      enable = true
      rpc_servers = "\(servers)"
      trust_height = 2
      trust_hash = "\(hash)"
      trust_period = "1h"
      discovery_time = "5s"

      """
    let text = try String(contentsOf: configuration, encoding: .utf8)
    try (text + section).write(to: configuration, atomically: true, encoding: .utf8)
  }

  /// What both printed last, for messages.
  var text: String { "\(folder): \((relay?.text ?? "").suffix(3000))\n\((comet?.text ?? "").suffix(3000))" }
}

/// What a node says of the chain.
extension CometNode {
  /// The header of the last block that its ledger has.
  var head: Header { get async throws { try await client.chain().head } }

  /// Height of the last block that its ledger has; 0 when it does not answer.
  var height: UInt64 { get async { (try? await head.height) ?? 0 } }

  func waitForHeight(_ height: UInt64, within limit: Duration = .seconds(60)) async throws {
    try await until("\(folder) is at height \(height)", within: limit) { await self.height >= height }
  }

  /// Waits until it has made, or heard of, so many more blocks.
  func waitForBlocks(_ count: UInt64, within limit: Duration = .seconds(60)) async throws {
    try await waitForHeight(try await head.height + count, within: limit)
  }

  /// Waits until `condition` holds.
  func until(
    _ what: String, within limit: Duration = .seconds(60), _ condition: () async throws -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !condition() {
      guard ContinuousClock.now < deadline else { throw Overdue("waited \(limit) until \(what); \(text)") }
      try await Task.sleep(for: .milliseconds(50))
    }
  }
}

import Client
import CometEngine
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Operations
import Staking
import Testing

/// Four validators as real processes on loopback, in the folder that `relay testnet` writes.
final class CometNetwork {
  static let passphrase = "development"

  let home: String
  private(set) var nodes: [CometNode] = []
  let agent: PrivateKey
  let provider: PrivateKey

  /// Calls `body` with a network that makes blocks, and ends whatever runs.
  ///
  /// - Parameter pace: CometBFT's time between blocks.
  static func run(pace: String = "300ms", _ body: (CometNetwork) async throws -> Void) async throws {
    try await TestMachine.withFolder { home in
      let network = try await CometNetwork(home: home, pace: pace)
      do {
        for node in network.nodes { try await node.start() }
        try await network.nodes[0].waitForHeight(2)
        try await body(network)
      } catch {
        try await network.close()
        throw error
      }
      try await network.close()
    }
  }

  private init(home: String, pace: String) async throws {
    self.home = home
    let port = try TestMachine.freePorts(12)
    let written = try await RelayProcess(["testnet", "--write-only", "--home", home, "--port", "\(port)"]).end()
    try #require(written.status == 0, "\(written.errors)")
    let keys = KeyStore(folder: home + "/keys")
    agent = try keys.open("agent", passphrase: Self.passphrase)
    provider = try keys.open("provider", passphrase: Self.passphrase)
    for number in 0..<4 {
      let folder = "\(home)/validator-\(number + 1)"
      nodes.append(CometNode(folder: folder, port: port + number, rpcPort: port + 4 + number))
    }
    for node in nodes { try Self.hasten(node, to: pace) }
  }

  /// Has a node make blocks at another pace than the written one.
  private static func hasten(_ node: CometNode, to pace: String) throws {
    let text = try String(contentsOf: node.configuration, encoding: .utf8)
    let faster = "timeout_commit = \"\(pace)\"\ntimeout_propose = \"1s\""
    try text.replacing("timeout_commit = \"1s\"", with: faster).write(
      to: node.configuration, atomically: true, encoding: .utf8)
  }

  private func close() async throws { for node in nodes { try await node.kill() } }

  /// Runs a command to its end.
  func relay(_ words: [String]) async throws -> RelayProcess.Ending {
    try await RelayProcess(words, environment: ["RELAY_PASSPHRASE": Self.passphrase]).end()
  }

  /// The key of the operator of a validator.
  func operatorKey(_ index: Int) throws -> PrivateKey {
    try KeyStore(folder: home + "/keys").open("validator-\(index + 1)", passphrase: Self.passphrase)
  }

  /// A validator as the ledger of `node` has it.
  func validator(_ index: Int, by node: CometNode) async throws -> ValidatorEntry {
    let page = try await node.client.ask(ValidatorsOf())
    return try #require(page.validators.first { $0.validator.name == "validator-\(index + 1)" })
  }

  /// Adds a node with keys of its own, which finds the network through one of its nodes.
  func addNode(beside sibling: CometNode) async throws -> CometNode {
    let node = CometNode(
      folder: home + "/added", port: try TestMachine.freePorts(1), rpcPort: try TestMachine.freePorts(1))
    let made = try await RelayProcess(
      ["init", "--home", node.folder + "/comet"], executable: try #require(TestMachine.cometBFT)
    ).end()
    try #require(made.status == 0, "\(made.errors)")
    for file in ["relay/genesis.json", "comet/config/genesis.json"] { try copy(file, of: sibling, to: node) }
    try await configure(node, like: sibling)
    nodes.append(node)
    return node
  }

  /// Gives a node a file of another one.
  func copy(_ file: String, of source: CometNode, to node: CometNode) throws {
    let target = URL(filePath: "\(node.folder)/\(file)")
    try FileManager.default.createDirectory(at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(contentsOf: URL(filePath: "\(source.folder)/\(file)")).write(to: target)
  }

  private func configure(_ node: CometNode, like twin: CometNode) async throws {
    let status = try await twin.rpc.ask("status")
    guard case .string(let id)? = status["node_info"]?["id"] else { throw Overdue("CometBFT has no id") }
    let text = try String(contentsOf: twin.configuration, encoding: .utf8)
    let peering = "127.0.0.1:\(twin.rpcPort + 4)"
    let changed = text.replacing("\(twin.folder)/", with: "\(node.folder)/")
      .replacing("127.0.0.1:\(twin.rpcPort)", with: "127.0.0.1:\(node.rpcPort)")
      .replacing("laddr = \"tcp://\(peering)\"", with: "laddr = \"tcp://127.0.0.1:\(try TestMachine.freePorts(1))\"")
      .replacing("persistent_peers = \"", with: "persistent_peers = \"\(id)@\(peering),")
    try changed.write(to: node.configuration, atomically: true, encoding: .utf8)
  }
}

/// What must hold on all nodes alike.
extension CometNetwork {
  /// Asserts that the ledgers of `nodes` agree on every block that they have, up to the lowest of their heads.
  func expectAgreement(of nodes: [CometNode]? = nil, from first: UInt64 = 1) async throws {
    let nodes = nodes ?? self.nodes
    var last = UInt64.max
    for node in nodes { last = min(last, try await node.head.height) }
    #expect(last > first, "there are blocks to compare")
    for height in first...last {
      var roots: Set<Digest> = []
      for node in nodes { roots.insert(try await node.client.block(height).header.state) }
      #expect(roots.count == 1, "height \(height): \(roots)")
    }
  }

  /// CometBFT's voting power of a validator for the block at `height`.
  func power(of validator: ValidatorEntry, at height: UInt64, by node: CometNode) async throws -> UInt64 {
    let answer = try await node.rpc.ask("validators?height=\(height)")
    let key = JSON.string(Base64.encode(validator.validator.consensusKey.bytes))
    guard case .array(let all)? = answer["validators"],
      case .string(let power)? = all.first(where: { $0["pub_key"]?["value"] == key })?["voting_power"]
    else { return 0 }
    return UInt64(power) ?? 0
  }
}

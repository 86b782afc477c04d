import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

/// A node and a provider as real processes on loopback, in a folder of their own.
final class TestNetwork {
  static let chain = "end-to-end"
  static let passphrase = "end to end"
  /// First balance of buyer and provider: 100 CPTM.
  static let funds: UInt64 = 100 * Amount.unitsPerToken

  let home: String
  let port: Int
  let client: RelayClient
  let buyerSeed: [UInt8]
  let buyer: PrivateKey
  let provider = PrivateKey()
  private var nodes: [RelayProcess] = []
  private var providers: [RelayProcess] = []

  /// Calls `body` with a network that has a genesis document, and ends whatever it started.
  static func run(_ body: (TestNetwork) async throws -> Void) async throws {
    try await TestMachine.withFolder { home in
      let network = try TestNetwork(home: home)
      try await network.initialize()
      do { try await body(network) } catch {
        try await network.close()
        throw error
      }
      try await network.close()
    }
  }

  private init(home: String) throws {
    self.home = home
    port = try TestMachine.freePort()
    client = RelayClient(url: "http://127.0.0.1:\(port)", timeout: .seconds(20))
    var random = Random(seed: UInt64(port))
    buyerSeed = random.bytes(PrivateKey.seedLength)
    buyer = try PrivateKey(seed: buyerSeed)
    let keys = KeyStore(folder: home + "/keys")
    try keys.add(buyer, as: "buyer", passphrase: Self.passphrase)
    try keys.add(provider, as: "provider", passphrase: Self.passphrase)
  }

  private func initialize() async throws {
    let funds = ["--fund", "buyer=100cptm", "--fund", "provider=100cptm"]
    let ending = try await relay(["node", "init", "--chain", Self.chain] + funds)
    try #require(ending.status == 0, "\(ending.errors)")
  }

  private func close() async throws { for process in providers + nodes { try await process.kill() } }

  var environment: [String: String] {
    ["RELAY_PASSPHRASE": Self.passphrase, "RELAY_HOME": home, "RELAY_NODE": client.url]
  }

  /// Runs a command to its end, with the network's folder and node.
  func relay(_ words: [String], passphrase: String = passphrase) async throws -> RelayProcess.Ending {
    let environment = environment.merging(["RELAY_PASSPHRASE": passphrase]) { $1 }
    return try await RelayProcess(words, environment: environment).end()
  }
}

/// The processes.
extension TestNetwork {
  var node: RelayProcess { get throws { try #require(nodes.last, "no node was started") } }
  var seller: RelayProcess { get throws { try #require(providers.last, "no provider was started") } }

  /// Starts the node, and returns when it answers.
  func startNode(pace: String = "instant") async throws {
    try await attemptNode(pace: pace)
    let node = try node
    #expect(node.isRunning, "\(node.text)")
  }

  /// Starts the node, and returns when it answers or has ended.
  func attemptNode(pace: String = "instant") async throws {
    let process = try RelayProcess(["node", "--port", "\(port)", "--pace", pace], environment: environment)
    nodes.append(process)
    try await until("the node answers or ends") { !process.isRunning || TestMachine.isListening(on: port) }
  }

  func startProvider() throws {
    providers.append(
      try RelayProcess(
        ["provider", "--key", "provider", "--price", "0.01cptm", "--bond", "1cptm", "--folder", home + "/provider"],
        environment: environment))
  }

  /// Waits until `condition` holds, for a minute at the most.
  func until(_ what: String, _ condition: () async throws -> Bool) async throws {
    let deadline = ContinuousClock.now + .seconds(60)
    while try await !condition() {
      guard ContinuousClock.now < deadline else {
        throw Overdue("waited a minute until \(what); \((nodes + providers).map(\.text).joined(separator: "\n"))")
      }
      try await Task.sleep(for: .milliseconds(25))
    }
  }
}

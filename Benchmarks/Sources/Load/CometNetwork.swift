internal import Chain
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Money

/// Validators of CometBFT on this machine, in the folders that `relay testnet` writes, until this value is gone.
final class CometNetwork: Sendable {
  /// What executes the blocks.
  enum Application: Sendable {
    /// The relay, on a ledger with these accounts.
    case relay(Accounts)
    /// CometBFT's own key–value store, in CometBFT's process.
    case keyValue
  }

  static let chain = "testnet"
  private let home: TemporaryFolder
  private let count: Int
  private let port: Int
  private let relay: Program
  private let comet: Program

  /// - Throws: ``NotInstalled`` without CometBFT.
  init(_ count: Int, _ application: Application, relay path: String) throws {
    comet = try Program(named: "cometbft")
    relay = try Program(at: path)
    home = try TemporaryFolder()
    port = Int.random(in: 20_000..<30_000)
    self.count = count
    try relay.output([
      "testnet", "--write-only", "--validators", "\(count)", "--home", home.path, "--port", "\(port)"
    ])
    for number in 1...count { try prepare(number, for: application) }
  }

  private func folder(_ number: Int) -> String { "\(home.path)/validator-\(number)" }

  /// The RPC of each CometBFT.
  var addresses: [String] { (0..<count).map { "http://127.0.0.1:\(port + count + $0)" } }

  private func prepare(_ number: Int, for application: Application) throws {
    let document = folder(number) + "/comet/config/genesis.json"
    switch application {
    case .relay(let accounts):
      let genesis = try funded(folder(number) + "/relay/genesis.json", accounts)
      try replace("app_state", by: genesis, in: document)
    case .keyValue:
      try replace("validators", by: .array((1...count).map { try validator($0) }), in: document)
      let configuration = folder(number) + "/comet/config/config.toml"
      let text = try String(contentsOfFile: configuration, encoding: .utf8)
      try text.replacing(#/proxy_app = ".*"/#, with: "proxy_app = \"kvstore\"").write(
        toFile: configuration, atomically: true, encoding: .utf8)
    }
  }

  /// Adds accounts to a genesis document; returns its JSON.
  private func funded(_ path: String, _ accounts: Accounts) throws -> JSON {
    let genesis = try Genesis(json: Self.read(path), unions: Ledger.standard.unions)
    let added = accounts.addresses.map { GenesisAccount(address: $0, balance: Accounts.balance) }
    let sections = genesis.sections.compactMap { section in
      guard let money = section.member as? MoneyGenesis else { return section }
      return GenesisSection(MoneyGenesis(accounts: money.accounts + added, parameters: money.parameters))
    }
    let larger = Genesis(
      chain: genesis.chain, policy: genesis.policy, time: genesis.time, sequencer: nil,
      parameters: genesis.parameters, sections: sections)
    try Self.write(larger.json, path)
    return larger.json
  }

  private func validator(_ number: Int) throws -> JSON {
    let key = try Self.read(folder(number) + "/comet/config/priv_validator_key.json")
    return [
      "address": key["address"] ?? .null, "pub_key": key["pub_key"] ?? .null, "power": "1000",
      "name": .string("validator-\(number)")
    ]
  }

  private func replace(_ name: String, by value: JSON, in path: String) throws {
    guard case .object(let members) = try Self.read(path) else { throw ProgramFailed("\(path) is no object") }
    try Self.write(.object(members.map { $0.name == name ? .init(name, value) : $0 }), path)
  }

  private static func read(_ path: String) throws -> JSON {
    try JSON(parsing: Array(Data(contentsOf: URL(filePath: path))))
  }

  private static func write(_ json: JSON, _ path: String) throws {
    try Data(json.text().utf8).write(to: URL(filePath: path))
  }
}

/// The processes.
extension CometNetwork {
  /// What runs: relays first, where there are any.
  struct Servers: Sendable {
    let relays: [Server]
    let comets: [Server]

    func stop() { for server in comets + relays { server.stop() } }
  }

  /// Starts everything, and returns once blocks are made.
  func start(_ application: Application) async throws -> Servers {
    let relays: [Server] =
      if case .relay = application { try (1...count).map { try startRelay($0) } } else { [] }
    for (index, server) in relays.enumerated() {
      try await server.wait(seconds: 60) { FileManager.default.fileExists(atPath: folder(index + 1) + "/abci.sock") }
    }
    let comets = try (1...count).map { number in
      try Server(comet, ["start", "--home", folder(number) + "/comet"], log: folder(number) + "/comet.log")
    }
    let servers = Servers(relays: relays, comets: comets)
    do {
      for (server, address) in zip(comets, addresses) {
        try await server.wait(seconds: 60) { (try? await CometRPC(url: address).height()) ?? 0 > 1 }
      }
    } catch {
      servers.stop()
      throw error
    }
    return servers
  }

  private func startRelay(_ number: Int) throws -> Server {
    try Server(
      relay,
      [
        "node", "--home", folder(number) + "/relay", "--port", "\(port + number - 1)", "--no-index",
        "--abci", "unix://\(folder(number))/abci.sock", "--comet-rpc", addresses[number - 1]
      ], log: folder(number) + "/relay.log")
  }
}

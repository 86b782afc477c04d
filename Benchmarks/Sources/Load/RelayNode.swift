internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Money

/// A `relay node` on this machine, in a folder that lasts as long as this value.
final class RelayNode: Sendable {
  static let chain = "benchmark"
  private static let passphrase = "benchmark"
  let home: TemporaryFolder
  let url: String
  private let port: Int
  private let program: Program

  /// Writes the genesis document of a chain with `accounts`.
  init(_ accounts: Accounts, relay: String) throws {
    program = try Program(at: relay)
    home = try TemporaryFolder()
    port = 20_000 + Int.random(in: 0..<20_000)
    url = "http://127.0.0.1:\(port)"
    let key = PrivateKey()
    try KeyStore(folder: home.path + "/keys").add(key, as: "sequencer", passphrase: Self.passphrase)
    try Self.genesis(accounts, sequencer: key.publicKey).write(to: URL(filePath: home.path + "/genesis.json"))
  }

  /// The document's text: a record of a million accounts would take more memory than the node may.
  private static func genesis(_ accounts: Accounts, sequencer: PublicKey) throws -> Data {
    let genesis = Genesis(
      chain: chain, policy: .devnet, time: Timestamp(milliseconds: 1_767_225_600_000), sequencer: sequencer,
      parameters: .standard, sections: [GenesisSection(MoneyGenesis(accounts: []))].compactMap { $0 })
    let empty = "\"accounts\":["
    let parts = genesis.json.text().components(separatedBy: empty)
    guard parts.count == 2 else { throw ProgramFailed("a genesis document has no list of accounts") }
    var text = Data((parts[0] + empty).utf8)
    for (index, address) in accounts.first.enumerated() {
      let account = GenesisAccount(address: address, balance: Accounts.balance)
      text.append(Data(((index == 0 ? "" : ",") + account.json.text()).utf8))
    }
    text.append(Data(parts[1].utf8))
    return text
  }

  /// Starts the node, and returns once it answers.
  ///
  /// - Parameter isIndexed: whether it keeps the index that histories are searched by.
  func start(pace: String = "1s", isIndexed: Bool = true) async throws -> Server {
    let index = isIndexed ? [] : ["--no-index"]
    let server = try Server(
      program, ["node", "--home", home.path, "--port", "\(port)", "--pace", pace] + index,
      environment: ["RELAY_PASSPHRASE": Self.passphrase], log: home.path + "/log")
    do { try await server.wait(seconds: 600) { (try? await self.get("/metrics")) != nil } } catch {
      let log = (try? String(contentsOfFile: home.path + "/log", encoding: .utf8)) ?? ""
      throw ProgramFailed("\(error): \(log.suffix(500))")
    }
    return server
  }

  /// The text at `path`.
  func get(_ path: String) async throws -> String { try await HTTP.text(url + path) }

  /// Transactions committed since the node started.
  func committed() async throws -> Int {
    let text = try await get("/metrics")
    return text.firstMatch(of: #/relay_transactions_total\{outcome="committed"\} (\d+)/#).flatMap { Int($0.1) } ?? 0
  }
}

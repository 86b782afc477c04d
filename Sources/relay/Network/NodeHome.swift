internal import Chain
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Money
internal import Node

/// A node's folder: the genesis document, the sequencer's key, and what the node writes.
struct NodeHome {
  static let sequencer = "sequencer"
  let folder: String

  var keys: KeyStore { KeyStore(folder: folder + "/keys") }
  private var genesisPath: String { folder + "/genesis.json" }
  var isInitialized: Bool { FileManager.default.fileExists(atPath: genesisPath) }

  /// Writes a genesis document and a sequencer's key; a folder that has one is left as it is.
  func initialize(
    chain: String, policy: Policy, accounts: [GenesisAccount], passphrase: String
  ) throws -> Genesis {
    let key = PrivateKey()
    let genesis = Genesis(
      chain: chain, policy: policy, time: .now(), sequencer: key.publicKey, parameters: .standard,
      sections: [GenesisSection(MoneyGenesis(accounts: accounts))].compactMap { $0 })
    try requireNew()
    try genesis.validate()
    try keys.add(key, as: Self.sequencer, passphrase: passphrase)
    try write(genesis)
    return genesis
  }

  /// Writes a genesis document into a folder that has none.
  func write(_ genesis: Genesis) throws {
    try requireNew()
    try Files.write(Array(genesis.json.text(indent: 2).utf8), to: genesisPath)
  }

  private func requireNew() throws {
    guard !isInitialized else { throw Failure("\(genesisPath) is there already; a chain begins once") }
  }

  func genesis() throws -> Genesis {
    guard isInitialized else { throw Failure("\(genesisPath) is missing; write one with relay node init") }
    do { return try Genesis(json: JSON(parsing: try Files.read(genesisPath)), unions: Ledger.standard.unions) } catch {
      throw Failure("\(genesisPath): \(error)")
    }
  }
}

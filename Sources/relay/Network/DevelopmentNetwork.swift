internal import Client
internal import Cryptography
internal import Foundation
internal import LedgerKit
internal import Logging
internal import Market
internal import Money
internal import Provider

/// A network on this machine: its folder, its keys, and how to reach it.
struct DevelopmentNetwork: Sendable {
  static let chain = "dev"
  /// First balance of agent and provider.
  static let funds = Amount(nano: 1_000 * Amount.unitsPerToken)

  let home: NodeHome
  let client: RelayClient
  let sequencer: PrivateKey
  let agent: PrivateKey
  let seller: PrivateKey

  /// Opens the network of `folder`, and begins it when there is none.
  init(folder: String, port: Int) throws {
    home = NodeHome(folder: folder)
    client = RelayClient(url: "http://127.0.0.1:\(port)", chain: Self.chain)
    if !home.isInitialized { try Self.begin(in: home) }
    let keys = home.keys
    sequencer = try keys.open(NodeHome.sequencer, passphrase: Develop.passphrase)
    agent = try keys.open("agent", passphrase: Develop.passphrase)
    seller = try keys.open("provider", passphrase: Develop.passphrase)
  }

  private static func begin(in home: NodeHome) throws {
    // Jobs run as a user of their own, which must be able to pass through the folder; the keys below stay closed.
    try FileManager.default.createDirectory(
      atPath: home.folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    let accounts = try ["agent", "provider"].map { name in
      let key = PrivateKey()
      try home.keys.add(key, as: name, passphrase: Develop.passphrase)
      return GenesisAccount(address: Address(key.publicKey), balance: funds)
    }
    _ = try home.initialize(chain: chain, policy: .devnet, accounts: accounts, passphrase: Develop.passphrase)
  }

  func provider(logger: Logger) -> Provider {
    let listing = ListOffer(
      title: "this machine", resources: Resources(processors: 1, memoryMebibytes: 1024, diskMebibytes: 256),
      pricePerSecond: Amount(nano: 10_000_000), capacity: 2, bond: Amount(nano: Amount.unitsPerToken))
    return Provider(
      ProviderConfiguration(folder: home.folder + "/provider", listing: listing), key: seller, relay: client,
      logger: logger)
  }

  var invitation: String {
    """


    The network runs until Ctrl-C. Look around:
      \(client.url)/openapi.json   every operation
      \(client.url)/v1/events      what happens, as it happens
      relay query market offers-of
    """
  }
}

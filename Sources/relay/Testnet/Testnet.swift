internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Staking

/// A network of validators in one folder: a folder for each, and the keys of all accounts.
struct Testnet: Sendable {
  /// Names of the keys of accounts that buy and sell.
  static let traders = ["agent", "provider"]
  let home: String
  let validators: [TestnetValidator]

  init(home: String, count: Int) {
    let path = URL(filePath: home).standardizedFileURL.path
    self.home = path
    validators = (1...count).map { TestnetValidator(number: $0, home: path) }
  }

  private var keys: KeyStore { KeyStore(folder: home + "/keys") }

  /// Writes keys and genesis documents, unless the network began before; throws when it has another number of validators.
  func begin() throws {
    let begun = validators.filter(\.relay.isInitialized)
    let next = TestnetValidator(number: validators.count + 1, home: home)
    guard !next.relay.isInitialized, begun.isEmpty || begun.count == validators.count else {
      throw Failure("\(home) holds a network of another number of validators; give its --validators, or another --home")
    }
    if begun.isEmpty { try write() }
  }

  private func write() throws {
    let traders = try Self.traders.map { try account($0) }
    let consensusKeys = validators.map { _ in EngineKey() }
    let genesisValidators = try zip(validators, consensusKeys).map { validator, key in
      GenesisValidator(
        account: try account(validator.name), consensusKey: key.publicKey, name: validator.name,
        commissionBasisPoints: 1_000, maximumDailyChangeBasisPoints: 100, selfBond: TestnetGenesis.selfBond)
    }
    let genesis = try TestnetGenesis(validators: genesisValidators, traders: traders).document()
    for (validator, key) in zip(validators, consensusKeys) {
      try write(genesis, key, of: validator)
      // Last, because it says that the rest is there.
      try validator.relay.write(genesis)
    }
  }

  /// Makes the key of an account.
  private func account(_ name: String) throws -> Address {
    let key = PrivateKey()
    try keys.add(key, as: name, passphrase: Develop.passphrase)
    return Address(key.publicKey)
  }

  private func write(_ genesis: Genesis, _ key: EngineKey, of validator: TestnetValidator) throws {
    let (configuration, data) = (validator.comet + "/config", validator.comet + "/data")
    try Files.write(secret: key.validatorFile.bytes, to: configuration + "/priv_validator_key.json")
    try Files.write(secret: EngineKey().nodeFile.bytes, to: validator.nodeKey)
    try Files.write(secret: EngineKey.unusedState.bytes, to: data + "/priv_validator_state.json")
    try Files.write(CometGenesis(genesis: genesis).json.bytes, to: configuration + "/genesis.json")
  }

  /// Writes every validator's `config.toml`.
  func configure(_ addresses: (TestnetValidator) -> ValidatorAddresses) throws {
    let peers = try validators.map { "\(try EngineKey(at: $0.nodeKey).nodeID)@\(addresses($0).peer)" }
    for (index, validator) in validators.enumerated() {
      let others = peers[..<index] + peers[(index + 1)...]
      let configuration = CometConfiguration(
        name: validator.name, addresses: addresses(validator), peers: Array(others))
      try Files.write(Array(configuration.text.utf8), to: validator.comet + "/config/config.toml")
    }
  }
}

extension JSON {
  fileprivate var bytes: [UInt8] { Array(text(indent: 2).utf8) }
}

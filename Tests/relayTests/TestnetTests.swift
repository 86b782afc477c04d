import Chain
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Staking
import Testing

@testable import relay

@Suite("the folder of a test network")
struct TestnetTests {
  private static let ports = TestnetPorts(first: 4020, count: 2)

  /// Calls `body` with a network of two validators that was written.
  private func withNetwork(_ body: (Testnet) throws -> Void) throws {
    try Tool.withTemporaryFolder { folder in
      let network = Testnet(home: folder.path, count: 2)
      try network.begin()
      try network.configure(Self.ports.addresses)
      try body(network)
    }
  }

  private func read(_ path: String) throws -> JSON { try JSON(parsing: try Files.read(path)) }

  @Test("its keys have CometBFT's form, and only their owner reads them")
  func keys() throws {
    try withNetwork { network in
      for validator in network.validators {
        let path = validator.comet + "/config/priv_validator_key.json"
        let key = try read(path)
        let (secret, open) = (try bytes(key["priv_key"]), try bytes(key["pub_key"]))
        #expect(
          key["priv_key"]?["type"] == "tendermint/PrivKeyEd25519"
            && key["pub_key"]?["type"] == "tendermint/PubKeyEd25519")
        #expect(
          try PrivateKey(seed: Array(secret.prefix(32))).publicKey.bytes == open && Array(secret.suffix(32)) == open)
        #expect(key["address"] == .string(Hex.encode(Digest(of: open).bytes.prefix(20)).uppercased()))
        for file in [path, validator.nodeKey, validator.comet + "/data/priv_validator_state.json"] {
          let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
          #expect(mode == 0o600, "\(file)")
        }
      }
    }
  }

  private func bytes(_ key: JSON?) throws -> [UInt8] {
    guard case .string(let text)? = key?["value"] else { return [] }
    return try #require(Base64.decode(text))
  }

  @Test("both processes of a validator have the same genesis document, which names the keys that sign")
  func genesis() throws {
    try withNetwork { network in
      for validator in network.validators {
        let genesis = try validator.relay.genesis()
        let engine = try read(validator.comet + "/config/genesis.json")
        let state = try Genesis(json: try #require(engine["app_state"]), unions: Ledger.standard.unions)
        #expect(state.digest == genesis.digest && genesis.sequencer == nil)
        #expect(engine["chain_id"] == .string(genesis.chain) && engine["validators"] == .array([]))
        #expect(engine["genesis_time"] == .string(genesis.time.readable))
        let section = genesis.sections.compactMap { $0.member as? StakingGenesis }.first
        let keys = try network.validators.map {
          try bytes(try read($0.comet + "/config/priv_validator_key.json")["pub_key"])
        }
        #expect(section?.validators.map(\.consensusKey.bytes) == keys)
      }
    }
  }

  @Test("each validator knows the others by their ids, and listens on loopback alone")
  func configuration() throws {
    try withNetwork { network in
      let ids = try network.validators.map { try EngineKey(at: $0.nodeKey).nodeID }
      let text = try String(contentsOfFile: network.validators[0].comet + "/config/config.toml", encoding: .utf8)
      #expect(text.contains("persistent_peers = \"\(ids[1])@127.0.0.1:4025\""))
      #expect(text.matches(of: #/laddr = "tcp:\/\/127\.0\.0\.1:/#).count == 2)
      #expect(text.contains("proxy_app = \"unix://\(network.home)/validator-1/abci.sock\""))
    }
  }

  @Test("a network that began goes on with its keys, and never with another number of validators")
  func again() throws {
    try withNetwork { network in
      let before = try Files.read(network.validators[1].nodeKey)
      try Testnet(home: network.home, count: 2).begin()
      #expect(try Files.read(network.validators[1].nodeKey) == before)
      for count in [1, 3] {
        #expect(throws: Failure.self) { try Testnet(home: network.home, count: count).begin() }
      }
    }
  }

  @Test("a folder whose sockets would have too long a path is refused before anything is written")
  func longPath() throws {
    let folder = "/tmp/" + String(repeating: "long", count: 30)
    let error = #expect(throws: Failure.self) { try TestnetValidator(number: 1, home: folder).requireSocket() }
    #expect(error?.description.contains("choose a shorter --home") == true)
    try TestnetValidator(number: 1, home: "/tmp/short").requireSocket()
  }

  @Test("ports beyond the last one, and ports in use, are refused")
  func portRange() throws {
    #expect(throws: UsageError.self) { try TestnetPorts(first: 65_531, count: 2).validate() }
    try TestnetPorts(first: 65_530, count: 2).validate()
    let taken = try BoundPort()
    let error = #expect(throws: Failure.self) { try TestnetPorts(first: taken.number - 1, count: 1).requireFree() }
    #expect(error?.description.contains("is in use") == true)
  }

  @Test(
    "as containers: two services for each validator, of which only the relay's clients and the peers get in",
    .enabled(if: Tool.hasYAML, "`pip install PyYAML` would run this"))
  func composition() throws {
    try withNetwork { network in
      let composition = Composition(network: network, firstPort: 4020)
      try network.configure(composition.addresses)
      try composition.write()
      let check = Tool.run([Tool.python, Tool.compositionScript, network.home, "2"])
      #expect(check.status == 0, "\(check.output)")
      let text = try String(contentsOfFile: network.validators[1].comet + "/config/config.toml", encoding: .utf8)
      #expect(text.contains("@comet-1:26656\"") && text.contains("proxy_app = \"tcp://relay-2:26658\""))
    }
  }
}

/// A port on loopback that this process listens on.
private final class BoundPort {
  private let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  let number: Int

  init() throws {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let handle = handle
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(handle, $0, length) == 0 && listen(handle, 1) == 0 && getsockname(handle, $0, &length) == 0
      }
    }
    try #require(isListening)
    number = Int(UInt16(bigEndian: address.sin_port))
  }

  deinit { close(handle) }
}

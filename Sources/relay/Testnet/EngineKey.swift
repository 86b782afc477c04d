internal import Cryptography
internal import Encoding

/// An Ed25519 key as CometBFT's files hold it, unencrypted: of a validator, or of a node.
struct EngineKey {
  let publicKey: PublicKey
  private let seed: [UInt8]

  /// A new key from the system's random source.
  init() {
    let seed = (0..<PrivateKey.seedLength).map { _ in UInt8.random(in: .min ... .max) }
    guard let key = try? PrivateKey(seed: seed) else { fatalError("a seed of \(seed.count) bytes makes no key") }
    (self.seed, publicKey) = (seed, key.publicKey)
  }

  /// The key of a `node_key.json` or a `priv_validator_key.json`.
  init(at path: String) throws {
    guard case .string(let text)? = try JSON(parsing: Files.read(path))["priv_key"]?["value"],
      let bytes = Base64.decode(text), bytes.count == PrivateKey.seedLength + PublicKey.length
    else { throw Failure("\(path) holds no Ed25519 key of CometBFT") }
    seed = Array(bytes.prefix(PrivateKey.seedLength))
    publicKey = try PrivateKey(seed: seed).publicKey
  }

  var privateKey: PrivateKey { get throws { try PrivateKey(seed: seed) } }

  /// How other nodes recognise the node with this key.
  var nodeID: String { Hex.encode(ConsensusAddress(publicKey).bytes) }

  /// The content of `node_key.json`.
  var nodeFile: JSON { ["priv_key": privateJSON] }

  /// The content of `priv_validator_key.json`.
  var validatorFile: JSON {
    [
      "address": .string(nodeID.uppercased()),
      "pub_key": ["type": "tendermint/PubKeyEd25519", "value": .string(Base64.encode(publicKey.bytes))],
      "priv_key": privateJSON
    ]
  }

  /// The content of `priv_validator_state.json` of a validator that signed nothing yet.
  static let unusedState: JSON = ["height": "0", "round": 0, "step": 0]

  private var privateJSON: JSON {
    ["type": "tendermint/PrivKeyEd25519", "value": .string(Base64.encode(seed + publicKey.bytes))]
  }
}

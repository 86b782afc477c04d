internal import CSodium
public import Encoding

/// An Ed25519 private key (RFC 8032); what it prints and reflects never shows the secret.
public struct PrivateKey: Sendable, Hashable {
  public static let seedLength = 32

  /// The key whose signatures this one makes.
  public let publicKey: PublicKey
  /// libsodium's form of the key: the seed, then the public key.
  private let secret: [UInt8]

  /// A new key from the system's random source.
  public init() {
    var generator = SystemRandomNumberGenerator()
    self.init(using: &generator)
  }

  /// The key whose seed `generator` gives; only a cryptographic generator makes a key that is secret.
  public init(using generator: inout some RandomNumberGenerator) {
    self.init(expanding: (0..<Self.seedLength).map { _ in generator.next() })
  }

  /// The key of a 32-byte seed, RFC 8032's "private key".
  public init(seed: [UInt8]) throws(FieldError) {
    guard seed.count == Self.seedLength else {
      throw FieldError("expected a seed of \(Self.seedLength) bytes, found \(seed.count)")
    }
    self.init(expanding: seed)
  }

  private init(expanding seed: [UInt8]) {
    var publicKey = [UInt8](repeating: 0, count: PublicKey.length)
    var secret = [UInt8](repeating: 0, count: Self.seedLength + PublicKey.length)
    crypto_sign_seed_keypair(&publicKey, &secret, seed)
    self.publicKey = PublicKey(words: Words(copying: publicKey))
    self.secret = secret
  }

  /// The 32 secret bytes, for encryption.
  var seed: [UInt8] { Array(secret.prefix(Self.seedLength)) }

  /// The signature of `message`; the same for the same message.
  public func sign(_ message: [UInt8]) -> Signature {
    var signature = [UInt8](repeating: 0, count: Signature.length)
    crypto_sign_detached(&signature, nil, message, UInt64(message.count), secret)
    return Signature(words: Words(copying: signature))
  }
}

extension PrivateKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { "private key of \(publicKey)" }
  public var debugDescription: String { description }
  public var customMirror: Mirror { Mirror(self, children: ["publicKey": publicKey]) }
}

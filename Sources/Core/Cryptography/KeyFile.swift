internal import Crypto
public import Encoding

/// A private key under a passphrase, as a JSON document: Argon2id makes a key of the passphrase, and AES-256-GCM
/// encrypts the seed.
///
/// Everything but the ciphertext is authenticated too: the additional data is the record's protobuf form with an
/// empty ciphertext.
public struct KeyFile: Record, Hashable {
  public static let currentVersion: UInt32 = 1

  public static let schema = Schema(
    "KeyFile", "A private key under a passphrase.", KeyFile.init,
    Field(1, "version", \.version, "Version of this format; 1."),
    Field(2, "address", \.address, "The account that the key opens."),
    Field(3, "publicKey", \.publicKey, "The Ed25519 public key."),
    Field(4, "cost", \.cost, "The cost of Argon2id."),
    Field(5, "salt", \.salt, "The salt of Argon2id, 16 bytes."),
    Field(6, "nonce", \.nonce, "The nonce of AES-256-GCM, 12 bytes."),
    Field(7, "ciphertext", \.ciphertext, "The encrypted 32-byte seed, then the 16-byte tag of AES-256-GCM."))

  public let version: UInt32
  public let address: Address
  public let publicKey: PublicKey
  public let cost: Cost
  public let salt: Bytes
  public let nonce: Bytes
  public private(set) var ciphertext: Bytes

  /// The record with an empty ciphertext, as bytes.
  private var authenticated: [UInt8] {
    var open = self
    open.ciphertext = Bytes([])
    return open.encoded
  }
}

extension KeyFile {
  private static let tagLength = 16

  /// Encrypts `key` under the UTF-8 bytes of `passphrase`, with a fresh salt and nonce.
  ///
  /// Fails when `cost` is out of its limits or asks for more memory than there is.
  public init(encrypting key: PrivateKey, passphrase: String, cost: Cost = .interactive) throws(KeyFileError) {
    var generator = SystemRandomNumberGenerator()
    func fresh(_ count: Int) -> Bytes { Bytes((0..<count).map { _ in generator.next() }) }
    self.init(
      version: Self.currentVersion, address: Address(key.publicKey), publicKey: key.publicKey, cost: cost,
      salt: fresh(PasswordHash.saltLength), nonce: fresh(12), ciphertext: Bytes([]))
    let secret = try secret(passphrase)
    do {
      let sealed = try AES.GCM.seal(
        key.seed, using: secret, nonce: AES.GCM.Nonce(data: nonce.array), authenticating: authenticated)
      ciphertext = Bytes(Array(sealed.ciphertext + sealed.tag))
    } catch { throw .encryptionFailed }
  }

  /// The private key.
  ///
  /// Version, address and cost are checked before the passphrase is.
  public func decrypt(passphrase: String) throws(KeyFileError) -> PrivateKey {
    guard version == Self.currentVersion else { throw .unsupportedVersion(version) }
    guard address == Address(publicKey) else { throw .addressMismatch(expected: Address(publicKey), found: address) }
    let secret = try secret(passphrase)
    do {
      let box = try AES.GCM.SealedBox(
        nonce: AES.GCM.Nonce(data: nonce.array), ciphertext: ciphertext.array.dropLast(Self.tagLength),
        tag: ciphertext.array.suffix(Self.tagLength))
      let key = try PrivateKey(seed: Array(AES.GCM.open(box, using: secret, authenticating: authenticated)))
      guard key.publicKey == publicKey else { throw KeyFileError.wrongPassphraseOrAltered }
      return key
    } catch { throw .wrongPassphraseOrAltered }
  }

  private func secret(_ passphrase: String) throws(KeyFileError) -> SymmetricKey {
    guard cost.isAllowed else { throw .costOutOfRange(cost) }
    guard salt.array.count == PasswordHash.saltLength else { throw .wrongPassphraseOrAltered }
    guard let key = PasswordHash.key(from: passphrase, salt: salt.array, cost: cost) else {
      throw .outOfMemory(cost)
    }
    return SymmetricKey(data: key)
  }
}

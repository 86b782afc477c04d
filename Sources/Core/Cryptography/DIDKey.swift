public import Encoding

/// The did:key method: an Ed25519 key as a decentralized identifier (multicodec `ed25519-pub`, multibase base58btc).
extension PublicKey {
  private static var didPrefix: String { "did:key:z" }
  /// The varint of multicodec 0xED, `ed25519-pub`.
  private static var multicodec: [UInt8] { [0xED, 0x01] }
  /// Base58 digits of the multicodec and a key, whatever the key.
  private static var digitCount: Int { 47 }

  /// The key as `did:key:z6Mk…`.
  public var didKey: String { Self.didPrefix + Base58.encode(Self.multicodec + bytes) }

  /// Reads `did:key:z6Mk…`, the only form; other key types are refused.
  public init(didKey: some StringProtocol) throws(FieldError) {
    guard didKey.hasPrefix(Self.didPrefix), didKey.utf8.count == Self.didPrefix.utf8.count + Self.digitCount,
      let content = Base58.decode(didKey.dropFirst(Self.didPrefix.count)), content.starts(with: Self.multicodec)
    else { throw FieldError("expected did:key:z6Mk… of an Ed25519 key, 56 characters") }
    try self.init(validating: content.dropFirst(Self.multicodec.count))
  }
}

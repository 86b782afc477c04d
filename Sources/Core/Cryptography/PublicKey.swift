internal import CSodium
public import Encoding

/// An Ed25519 public key (RFC 8032): the 32 bytes of an encoded curve point.
///
/// Any 32 bytes are a value of this type; whether they name a usable point shows when a signature is verified.
public struct PublicKey: InlineBytes {
  private let words: Words<4>

  init(words: Words<4>) { self.words = words }

  /// Whether `signature` is one of `message` by this key, A; R and S are the halves of the signature.
  ///
  /// Every node must give the same answer, so the rule is libsodium 1.0.18's and no other:
  /// - S is canonical: less than the group order L.
  /// - A is a canonical encoding (y < 2^255 − 19) of a curve point, and not of small order. It may have a component
  ///   of small order.
  /// - R is not of small order.
  /// - The encoding of S·B − h·A, with h = SHA-512(R ‖ A ‖ message) mod L, equals the bytes of R. The cofactor is
  ///   not multiplied in, and a non-canonical R never matches.
  public func verifies(_ signature: Signature, of message: [UInt8]) -> Bool {
    crypto_sign_verify_detached(signature.bytes, message, UInt64(message.count), bytes) == 0
  }
}

extension PublicKey {
  public static var length: Int { 32 }
  public static var format: String { "public-key" }
  public static var example: String { "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  public static func sample(_ random: inout Random) -> PublicKey { PublicKey(words: .sample(using: &random)) }
}

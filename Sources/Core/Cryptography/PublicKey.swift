public import Encoding

/// An Ed25519 public key (RFC 8032): the 32 bytes of an encoded curve point.
///
/// Any 32 bytes are a value of this type; whether they name a usable point shows when a signature is verified.
public struct PublicKey: InlineBytes, Comparable {
  private let words: Words<4>

  init(words: Words<4>) { self.words = words }

  /// The bytes as a number of 256 bits, the lowest word first.
  var numbers: InlineArray<4, UInt64> { words.numbers }

  /// Whether `signature` is one of `message` by this key, A; R and S are the halves of the signature.
  ///
  /// Every node must give the same answer, so the rule is that of ZIP-215 and no other:
  /// - S is canonical: less than the group order L.
  /// - A and R are encodings of curve points. They may be of small order, and their y may be 2^255 − 19 or more.
  /// - [8](S·B − h·A − R) is the identity, with h = SHA-512(R ‖ A ‖ message) mod L of the bytes as they came.
  public func verifies(_ signature: Signature, of message: [UInt8]) -> Bool {
    SignatureClaim.verify([SignatureClaim(key: self, signature: signature, message: message)]) == [true]
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

  public static func < (one: PublicKey, other: PublicKey) -> Bool { one.words < other.words }
}

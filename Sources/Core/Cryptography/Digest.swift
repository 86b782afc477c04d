internal import Crypto
public import Encoding

/// A SHA-256 digest: 32 bytes.
public struct Digest: InlineBytes, Comparable {
  private let words: Words<4>

  /// 32 zero bytes: the empty child of a sparse Merkle tree, and the predecessor of the first block.
  public static let zero = Digest(words: Words())

  private init(words: Words<4>) { self.words = words }

  /// The SHA-256 of `bytes`.
  public init(of bytes: [UInt8]) {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
    self.init(hash.finalize())
  }

  /// The SHA-256 of the concatenation of `parts`.
  public init(of parts: [UInt8]...) { self.init(joining: parts) }

  /// The SHA-256 of the concatenation of `parts`.
  init(joining parts: [[UInt8]]) {
    var hash = SHA256()
    for part in parts { part.withUnsafeBytes { hash.update(bufferPointer: $0) } }
    self.init(hash.finalize())
  }

  /// The SHA-256 of a byte and two digests: the inner node of a Merkle tree, hashed from a buffer on the stack.
  public init(prefix: UInt8, _ left: Digest, _ right: Digest) {
    var hash = SHA256()
    withUnsafeTemporaryAllocation(byteCount: 1 + 2 * Self.length, alignment: 1) { buffer in
      buffer[0] = prefix
      left.words.store(to: buffer, at: 1)
      right.words.store(to: buffer, at: 1 + Self.length)
      hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
    }
    self.init(hash.finalize())
  }

  private init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { Words(loading: $0) }
  }
}

extension Digest {
  public static var length: Int { 32 }
  public static var format: String { "digest" }
  public static var example: String { "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  /// Whether a bit is set, counted from the most significant one of the first byte.
  public func bit(at index: Int) -> Bool { words.bit(at: index) }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  public static func sample(_ random: inout Random) -> Digest { Digest(words: .sample(using: &random)) }

  public static func < (one: Digest, other: Digest) -> Bool { one.words < other.words }
}

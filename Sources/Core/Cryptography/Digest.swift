internal import Crypto
public import Encoding

/// A SHA-256 digest: 32 bytes, kept as four big-endian words so that it copies, compares and hashes fast.
public struct Digest: FixedBytes, Comparable {
  let words: (UInt64, UInt64, UInt64, UInt64)

  /// 32 zero bytes: the empty child of a sparse Merkle tree, and the predecessor of the first block.
  public static let zero = Digest(words: (0, 0, 0, 0))

  init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// The SHA-256 of the concatenation of `parts`.
  public init(of parts: [UInt8]...) {
    var hash = SHA256()
    for part in parts { part.withUnsafeBytes { hash.update(bufferPointer: $0) } }
    self.init(hash.finalize())
  }

  private init(_ digest: SHA256.Digest) {
    words = digest.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }
}

extension Digest {
  public static var length: Int { 32 }
  public static var format: String { "digest" }
  public static var example: String { "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    guard bytes.count == Self.length else { throw FieldError("expected 32 bytes") }
    words = bytes.withUnsafeBytes { raw in
      func word(_ index: Int) -> UInt64 {
        UInt64(bigEndian: raw.loadUnaligned(fromByteOffset: index * 8, as: UInt64.self))
      }
      return (word(0), word(1), word(2), word(3))
    }
  }

  public var bytes: [UInt8] { withBytes { Array($0) } }

  /// Calls `body` with the 32 bytes, without allocating.
  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    let raw = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
    return withUnsafeBytes(of: raw, body)
  }

  public static func sample(_ random: inout Random) -> Digest {
    Digest(words: (random.next(), random.next(), random.next(), random.next()))
  }

  public static func == (one: Digest, other: Digest) -> Bool { one.words == other.words }
  public static func < (one: Digest, other: Digest) -> Bool { one.words < other.words }
  public func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.3)
  }
}

public import Encoding

/// How a consensus engine names a validator: the first 20 bytes of the SHA-256 of its Ed25519 key (CometBFT's rule).
public struct ConsensusAddress: InlineBytes, Comparable {
  private let words: Words<3>

  public init(_ key: PublicKey) { words = Words(Digest(of: key.bytes), length: Self.length) }
}

extension ConsensusAddress {
  public static var length: Int { 20 }
  public static var format: String { "consensus-address" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  /// One of 16 addresses, so that random reports concern validators that are there.
  public static func sample(_ random: inout Random) -> ConsensusAddress {
    ConsensusAddress(PublicKey.numbered(random.below(16)))
  }

  public static func < (one: ConsensusAddress, other: ConsensusAddress) -> Bool { one.words < other.words }
}

extension PublicKey {
  /// Bytes that stand for a key in samples; nobody has the private one.
  fileprivate static func numbered(_ number: Int) -> PublicKey {
    var random = Random(seed: UInt64(number))
    return .sample(&random)
  }
}

public import Encoding

/// The name of an entity of the ledger, such as an offer or a job: 16 bytes of a SHA-256 digest.
public struct Identifier: InlineBytes, Comparable {
  private let words: Words<2>

  /// The first 16 bytes of the SHA-256 of the concatenation of `parts`.
  ///
  /// Parts of varying length must carry their length, or two lists of parts could run together alike.
  public init(of parts: [UInt8]...) { words = Words(Digest(joining: parts), length: Self.length) }

  private init(words: Words<2>) { self.words = words }
}

extension Identifier {
  public static var length: Int { 16 }
  public static var format: String { "id" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  public static func sample(_ random: inout Random) -> Identifier { Identifier(words: .sample(using: &random)) }

  public static func < (one: Identifier, other: Identifier) -> Bool { one.words < other.words }
}

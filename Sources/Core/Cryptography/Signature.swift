public import Encoding

/// An Ed25519 signature (RFC 8032): the 32 bytes of the point R, then the 32 bytes of the scalar S.
public struct Signature: InlineBytes {
  private let words: Words<8>

  init(words: Words<8>) { self.words = words }

  /// R and S as numbers of 256 bits, the lowest word first.
  var halves: (point: InlineArray<4, UInt64>, scalar: InlineArray<4, UInt64>) {
    let numbers = words.numbers
    return ([numbers[0], numbers[1], numbers[2], numbers[3]], [numbers[4], numbers[5], numbers[6], numbers[7]])
  }
}

extension Signature {
  public static var length: Int { 64 }
  public static var format: String { "signature" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  public static func sample(_ random: inout Random) -> Signature { Signature(words: .sample(using: &random)) }
}

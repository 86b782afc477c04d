public import Encoding

/// The name of an account: 20 bytes; `cptm1…` in bech32 (BIP-173) as text.
public struct Address: InlineBytes, Comparable {
  private let words: Words<3>

  /// The address of the account that `key` opens: the first 20 bytes of SHA-256 over a domain tag and the key.
  ///
  /// The address stays when the account's keys rotate.
  public init(_ key: PublicKey) { self.init(tag: "conductor-relay/address/ed25519", key.bytes) }

  /// The address of a module's own account, which no key opens.
  public init(module name: String) { self.init(tag: "conductor-relay/address/module", Array(name.utf8)) }

  private init(tag: String, _ content: [UInt8]) {
    words = Words(Digest(of: Array(tag.utf8), content), length: Self.length)
  }
}

extension Address {
  public static var length: Int { 20 }
  public static var format: String { "address" }
  public static var pattern: String { "^\(prefix)1[\(Bech32.characterClass)]{38}$" }
  public static var example: String { Address(module: "example").description }
  private static var prefix: String { "cptm" }

  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    words = try Words(bytes, length: Self.length)
  }

  public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    words.withBytes(Self.length, body)
  }

  /// One of 16 addresses, so that random transactions meet each other.
  public static func sample(_ random: inout Random) -> Address {
    Address(tag: "conductor-relay/address/sample", [UInt8(random.below(16))])
  }

  public static func < (one: Address, other: Address) -> Bool { one.words < other.words }
}

extension Address {
  public var description: String { Bech32.encode(prefix: Self.prefix, groups: Bech32.groups(of: bytes)) }

  /// Reads the lowercase bech32 form, the only one.
  public init(text: Substring) throws(FieldError) {
    guard text.hasPrefix("\(Self.prefix)1") else {
      throw FieldError("expected an address in bech32 (not hexadecimal), such as \(Self.example)")
    }
    try self.init(validating: Bech32.bytes(of: try Bech32.decode(text).groups)[...])
  }
}

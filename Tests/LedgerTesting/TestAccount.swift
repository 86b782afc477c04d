public import Cryptography
internal import Encoding
public import LedgerKit

/// An account with a name, and the key that follows from the name.
public struct TestAccount: Sendable {
  public let key: PrivateKey
  public var address: Address { Address(key.publicKey) }

  public init(_ name: String) {
    var random = Random(seed: Digest(of: Array(name.utf8)).bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) })
    key = PrivateKey(using: &random)
  }

  public static let alice = TestAccount("alice")
  public static let bob = TestAccount("bob")
  public static let carol = TestAccount("carol")
  /// The one whom no genesis gives anything.
  public static let pauper = TestAccount("pauper")
}

extension Amount {
  /// So many whole CPTM.
  public static func tokens(_ count: UInt64) -> Amount { Amount(nano: count * unitsPerToken) }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Replaces the key that acts for the sender; the address stays.
public struct RotateKey: Transaction {
  public static let code: UInt32 = 106
  public static let schema = Schema(
    "RotateKey", "Replace the key that acts for the sender; the address stays.", RotateKey.init,
    Field(1, "newKey", \.newKey, "Ed25519 public key that acts for the account from now on."),
    Field(
      2, "proof", \.proof, "Signature by the new key of the rotation domain, the chain id and the sender's 20 bytes."))

  public let newKey: PublicKey
  public let proof: Signature

  public init(newKey: PublicKey, proof: Signature) {
    self.newKey = newKey
    self.proof = proof
  }

  /// A rotation to `newKey`, with the proof that its owner has it.
  public init(of account: Address, on chain: String, to newKey: PrivateKey) {
    let proof = newKey.sign(Self.bytesToSign(account: account, chain: chain))
    self.init(newKey: newKey.publicKey, proof: proof)
  }

  static func bytesToSign(account: Address, chain: String) -> [UInt8] {
    Array("conductor-relay/rotate-key/v1\n\(chain)\n".utf8) + account.bytes
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let message = Self.bytesToSign(account: context.sender, chain: context.chain)
    guard newKey.verifies(proof, of: message) else {
      throw Money.reject(
        .proofOfKeyFails,
        "sign \"conductor-relay/rotate-key/v1\\n\(context.chain)\\n\" followed by the address's 20 bytes with the new key"
      )
    }
    var account = Money.account(context.sender, in: state)
    account.key = newKey
    state[Money.accounts, context.sender] = account
    state.emit(KeyRotated(account: context.sender, key: newKey))
  }
}

/// Another key acts for an account.
public struct KeyRotated: Event {
  public static let code: UInt32 = 156
  public static let schema = Schema(
    "KeyRotated", "Another key acts for an account.", KeyRotated.init,
    Field(1, "account", \.account, "Account whose key changed."),
    Field(2, "key", \.key, "Key that acts for it from now on."))

  public let account: Address
  public let key: PublicKey

  public var accounts: [Address] { [account] }
}

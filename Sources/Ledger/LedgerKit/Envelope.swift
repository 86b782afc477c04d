public import Cryptography
public import Encoding

/// Sixteen random bytes that make a transaction unlike every other.
public struct Nonce: FixedBytes {
  public let bytes: [UInt8]

  public static var length: Int { 16 }
  public static var format: String { "nonce" }
  public init(validating bytes: ArraySlice<UInt8>) throws(FieldError) {
    guard bytes.count == Self.length else { throw FieldError("expected 16 bytes") }
    self.bytes = Array(bytes)
  }
  private init(_ bytes: [UInt8]) { self.bytes = bytes }
  public static func sample(_ random: inout Random) -> Nonce { Nonce(random.bytes(length)) }
}

/// One verb of some module, with its fields.
public struct Operation: OpenUnion, Sendable {
  public let transaction: any Transaction

  public init(_ transaction: any Transaction) { self.transaction = transaction }
  public init?(_ content: any Member) {
    guard let transaction = content as? any Transaction else { return nil }
    self.transaction = transaction
  }

  public static let unionName = "Operation"
  public static let unionDoc = "One verb of some module, with its fields."
  public var member: any Member { transaction }
}

/// What is signed: operations that take effect together or not at all.
public struct TransactionBody: Record {
  public static let schema = Schema(
    "TransactionBody", "What is signed: operations that take effect together or not at all.", TransactionBody.init,
    Field(1, "chain", \.chain, "Id of the chain that the transaction is for."),
    Field(2, "sender", \.sender, "Account that acts and pays."),
    Field(3, "fee", \.fee, "Fee offered, in nano-CPTM; at least the chain's minimum for the size."),
    Field(4, "validFrom", \.validFrom, "First block time that may include it, in milliseconds since the Unix epoch."),
    Field(5, "validUntil", \.validUntil, "Last block time that may include it, in milliseconds since the Unix epoch."),
    Field(6, "nonce", \.nonce, "16 random bytes; two transactions that differ only here are both executed."),
    Field(7, "operations", \.operations, "What to do, in order; all of it or none."))

  public let chain: String
  public let sender: Address
  public let fee: Amount
  public let validFrom: Timestamp
  public let validUntil: Timestamp
  public let nonce: Nonce
  public let operations: [Operation]

  public init(
    chain: String, sender: Address, fee: Amount, validFrom: Timestamp, validUntil: Timestamp, nonce: Nonce,
    operations: [Operation]
  ) {
    self.chain = chain
    self.sender = sender
    self.fee = fee
    self.validFrom = validFrom
    self.validUntil = validUntil
    self.nonce = nonce
    self.operations = operations
  }

  /// The id of the transaction: the SHA-256 of the body's canonical bytes.
  public var id: Digest { Digest(of: encoded) }

  /// The exact bytes that each signer signs.
  public var bytesToSign: [UInt8] { Self.signingDomain + encoded }

  /// Keeps a signature for one purpose from serving another.
  public static let signingDomain = Array("conductor-relay/transaction/v1\n".utf8)
}

/// One signature and the key that made it.
public struct SignatureEntry: Record {
  public static let schema = Schema(
    "SignatureEntry", "One signature and the key that made it.", SignatureEntry.init,
    Field(1, "publicKey", \.publicKey, "Ed25519 public key of the signer."),
    Field(2, "signature", \.signature, "Ed25519 signature of the signing domain followed by the body's bytes."))

  public let publicKey: PublicKey
  public let signature: Signature

  public init(publicKey: PublicKey, signature: Signature) {
    self.publicKey = publicKey
    self.signature = signature
  }
}

/// A signed transaction, as it is submitted and stored.
public struct Envelope: Record {
  public static let schema = Schema(
    "Envelope", "A signed transaction, as it is submitted and stored.", Envelope.init,
    Field(1, "body", \.body, "What was signed."),
    Field(2, "signatures", \.signatures, "Signatures of the body, one for each key."))

  public let body: TransactionBody
  public let signatures: [SignatureEntry]

  public init(body: TransactionBody, signatures: [SignatureEntry]) {
    self.body = body
    self.signatures = signatures
  }

  /// Length of the envelope of `body` once one key has signed it, in bytes: what the minimum fee is reckoned from.
  public static func signedSize(of body: TransactionBody) -> Int {
    let lengths = [PublicKey.length, Signature.length]
    let entry = lengths.reduce(0) { size, length in size + 2 + length }
    return Envelope(body: body, signatures: []).encoded.count + 2 + entry
  }

  /// Signs `body` with one key.
  public init(signing body: TransactionBody, with key: PrivateKey) {
    let signature = key.sign(body.bytesToSign)
    self.init(body: body, signatures: [SignatureEntry(publicKey: key.publicKey, signature: signature)])
  }
}

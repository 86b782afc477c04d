public import Cryptography
internal import Encoding

/// An envelope whose form and signatures were checked; there is no other way to make one, so nothing unchecked runs.
public struct VerifiedEnvelope: Sendable {
  /// Bytes at the most in one transaction.
  public static let maximumBytes = 65_536
  /// Operations at the most in one transaction.
  public static let maximumOperations = 256
  /// Signatures at the most on one transaction: checking one costs as much as all else about a small transaction.
  public static let maximumSignatures = 16

  public let envelope: Envelope
  public let id: Digest
  /// The canonical bytes.
  public let encoded: [UInt8]

  public var body: TransactionBody { envelope.body }
  var signers: [PublicKey] { envelope.signatures.map(\.publicKey) }

  /// Checks everything about a transaction that needs no state. Safe to call from any thread.
  public init(_ encoded: [UInt8], for ledger: Ledger) throws(Rejection) {
    guard encoded.count <= Self.maximumBytes else {
      throw LedgerReason.tooLarge.rejection("\(encoded.count) bytes; at most \(Self.maximumBytes) are taken")
    }
    do { envelope = try Envelope(encoded: encoded, unions: ledger.unions) } catch {
      throw LedgerReason(error.reason).rejection("\(error)")
    }
    self.encoded = encoded
    let body = envelope.body.encoded
    id = Digest(of: body)
    try ledger.validate(envelope.body)
    try Self.checkSignatures(envelope.signatures, of: TransactionBody.signingDomain + body)
  }

  private static func checkSignatures(_ signatures: [SignatureEntry], of message: [UInt8]) throws(Rejection) {
    guard (1...maximumSignatures).contains(signatures.count) else {
      throw LedgerReason.missingSignature.rejection(
        "\(signatures.count) signatures; the sender's is needed, and at most \(maximumSignatures) are taken")
    }
    for (index, entry) in signatures.enumerated() {
      guard !signatures[..<index].contains(where: { $0.publicKey == entry.publicKey }) else {
        throw LedgerReason.missingSignature.rejection("two signatures by \(entry.publicKey.didKey); one is enough")
      }
      guard entry.publicKey.verifies(entry.signature, of: message) else {
        throw LedgerReason.badSignature.rejection(
          "the signature by \(entry.publicKey.didKey) does not fit; sign the domain \"conductor-relay/transaction/v1\\n\" "
            + "followed by the body's canonical bytes")
      }
    }
  }
}

extension Ledger {
  /// Throws unless the body is for this chain, with as many operations as it takes, all of which its policy allows.
  public func validate(_ body: TransactionBody) throws(Rejection) {
    guard body.chain == chain else {
      throw LedgerReason.wrongChain.rejection("signed for \"\(body.chain)\"; this chain is \"\(chain)\"")
    }
    guard (1...VerifiedEnvelope.maximumOperations).contains(body.operations.count) else {
      throw LedgerReason.noOperations.rejection(
        "\(body.operations.count) operations; 1 to \(VerifiedEnvelope.maximumOperations) are taken")
    }
    for operation in body.operations {
      let type = type(of: operation.transaction)
      guard policy.allows(type.policy) else {
        throw LedgerReason.forbiddenByPolicy.rejection(
          "\(type.jsonName) needs policy \(type.policy); this network is \(policy)")
      }
    }
  }
}

extension LedgerReason {
  /// The reason for which bytes that cannot be decoded are refused.
  fileprivate init(_ fault: DecodingError.Reason) {
    switch fault {
    case .truncated: self = .truncated
    case .overlongVarint, .explicitDefault, .unexpectedField, .trailingBytes: self = .nonCanonical
    default: self = .malformed
    }
  }
}

public import Cryptography
internal import Encoding

/// An envelope whose form was checked, and whose signatures were not: it may be weighed, and cannot be run.
public struct DecodedEnvelope: Sendable {
  public let envelope: Envelope
  public let id: Digest
  /// The canonical bytes.
  public let encoded: [UInt8]
  /// Where the body's bytes lie in ``encoded``.
  private let extent: Range<Int>

  public var body: TransactionBody { envelope.body }

  /// Checks everything about a transaction that needs neither state nor cryptography. Safe to call from any thread.
  public init(_ encoded: [UInt8], for ledger: Ledger) throws(Rejection) {
    guard encoded.count <= VerifiedEnvelope.maximumBytes else {
      throw LedgerReason.tooLarge.rejection(
        "\(encoded.count) bytes; at most \(VerifiedEnvelope.maximumBytes) are taken")
    }
    do {
      envelope = try Envelope(encoded: encoded, unions: ledger.unions)
      extent = try Envelope.bodyExtent(in: encoded)
    } catch { throw LedgerReason(error.reason).rejection("\(error)") }
    self.encoded = encoded
    id = Digest(of: Array(encoded[extent]))
    try ledger.validate(envelope.body)
    try Self.requireDistinct(envelope.signatures)
  }

  private static func requireDistinct(_ signatures: [SignatureEntry]) throws(Rejection) {
    guard (1...VerifiedEnvelope.maximumSignatures).contains(signatures.count) else {
      throw LedgerReason.missingSignature.rejection(
        "\(signatures.count) signatures; the sender's is needed, and at most \(VerifiedEnvelope.maximumSignatures) are taken"
      )
    }
    for (index, entry) in signatures.enumerated()
    where signatures[..<index].contains(where: { $0.publicKey == entry.publicKey }) {
      throw LedgerReason.missingSignature.rejection("two signatures by \(entry.publicKey.didKey); one is enough")
    }
  }

  /// What has to hold for the envelope to be verified, one claim for each signature.
  var claims: [SignatureClaim] {
    let message = TransactionBody.signingDomain + encoded[extent]
    return envelope.signatures.map { SignatureClaim(key: $0.publicKey, signature: $0.signature, message: message) }
  }
}

extension Envelope {
  /// Where the body's bytes lie in a canonical envelope, which begins with them.
  fileprivate static func bodyExtent(in encoded: [UInt8]) throws(DecodingError) -> Range<Int> {
    var reader = Reader(encoded)
    guard try reader.accept(1, .delimited) else { throw DecodingError(.missing) }
    let body = try reader.take(reader.length())
    return body.indices
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

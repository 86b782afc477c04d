public import Cryptography

/// An envelope whose form and signatures were checked, now or when its block was made; there is no other way to make one, so
/// nothing unchecked runs.
public struct VerifiedEnvelope: Sendable {
  /// Bytes at the most in one transaction.
  public static let maximumBytes = 65_536
  /// Operations at the most in one transaction.
  public static let maximumOperations = 256
  /// Signatures at the most on one transaction: checking one costs as much as all else about a small transaction.
  public static let maximumSignatures = 16

  /// The same without the word that its signatures fit.
  public let decoded: DecodedEnvelope

  public var envelope: Envelope { decoded.envelope }
  public var id: Digest { decoded.id }
  /// The canonical bytes.
  public var encoded: [UInt8] { decoded.encoded }
  public var body: TransactionBody { decoded.body }
  var signers: [PublicKey] { envelope.signatures.map(\.publicKey) }

  /// An envelope from a block of the node's own log: its signatures were checked before the block was made.
  public init(replaying decoded: DecodedEnvelope) { self.decoded = decoded }

  /// Checks everything about a transaction that needs no state. Safe to call from any thread.
  public init(_ encoded: [UInt8], for ledger: Ledger) throws(Rejection) {
    let decoded = try DecodedEnvelope(encoded, for: ledger)
    try self.init(decoded, SignatureClaim.verify(decoded.claims)[...])
  }

  /// - Parameter verdicts: whether each of the envelope's signatures fits.
  private init(_ decoded: DecodedEnvelope, _ verdicts: ArraySlice<Bool>) throws(Rejection) {
    for (entry, fits) in zip(decoded.envelope.signatures, verdicts) where !fits {
      throw LedgerReason.badSignature.rejection(
        "the signature by \(entry.publicKey.didKey) does not fit; sign the domain \"conductor-relay/transaction/v1\\n\" "
          + "followed by the body's canonical bytes")
    }
    self.decoded = decoded
  }

  /// Checks the signatures of many envelopes together, which costs less for each. Safe to call from any thread.
  ///
  /// - Returns: one result for each, in their order.
  public static func verify(_ envelopes: [DecodedEnvelope]) -> [Result<VerifiedEnvelope, Rejection>] {
    var verdicts = SignatureClaim.verify(envelopes.flatMap(\.claims))[...]
    return envelopes.map { envelope in
      let own = verdicts.prefix(envelope.envelope.signatures.count)
      verdicts = verdicts[own.endIndex...]
      return Result { () throws(Rejection) in try VerifiedEnvelope(envelope, own) }
    }
  }

  /// Decodes many transactions, and checks the signatures of those that can be read together.
  ///
  /// - Returns: one result for each, in their order.
  public static func verify(_ encoded: [[UInt8]], for ledger: Ledger) -> [Result<VerifiedEnvelope, Rejection>] {
    let decoded = encoded.map { bytes in Result { () throws(Rejection) in try DecodedEnvelope(bytes, for: ledger) } }
    return decoded.followed(by: verify(decoded.successes()))
  }
}

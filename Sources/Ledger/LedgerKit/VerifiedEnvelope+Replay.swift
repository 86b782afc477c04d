internal import Cryptography
public import Encoding

extension VerifiedEnvelope {
  /// A transaction of a block that this node executed before: its signatures were checked then, and its bytes have been under
  /// the log's checksums and the header's root since.
  public init(replaying encoded: [UInt8], for ledger: Ledger) throws(DecodingError) {
    let envelope = try Envelope(encoded: encoded, unions: ledger.unions)
    self.init(envelope: envelope, id: Digest(of: envelope.body.encoded), encoded: encoded)
  }
}

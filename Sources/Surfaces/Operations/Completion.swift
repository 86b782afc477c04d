public import LedgerKit

extension Preparation {
  /// Length of the validity window when none was asked for, in seconds.
  public static let standardValidSeconds: UInt64 = 60

  /// The transaction that the preparation asks for, ready to be signed.
  ///
  /// - Parameters:
  ///   - now: when the validity window begins.
  ///   - random: the nonce where none was given.
  ///   - minimumFee: the least fee of a transaction of so many bytes.
  public func completed(
    for ledger: Ledger, _ parameters: ChainParameters, now: Timestamp, random: Nonce,
    minimumFee: (Int) throws(Rejection) -> Amount
  ) throws(Rejection) -> PreparedTransaction {
    let seconds = validSeconds ?? Self.standardValidSeconds
    guard (1...parameters.maximumWindowSeconds).contains(seconds) else {
      throw LedgerReason.windowInvalid.rejection(
        "validSeconds is \(seconds); 1 to \(parameters.maximumWindowSeconds) are taken")
    }
    let body = { (fee: Amount) in
      TransactionBody(
        chain: ledger.chain, sender: sender, fee: fee, validFrom: now, validUntil: now.adding(seconds: seconds),
        nonce: nonce ?? random, operations: operations)
    }
    try ledger.validate(body(.zero))
    let complete = if let fee { body(fee) } else { try Self.paying(body, minimumFee) }
    let size = Envelope.signedSize(of: complete)
    guard size <= VerifiedEnvelope.maximumBytes else {
      throw LedgerReason.tooLarge.rejection("\(size) bytes; at most \(VerifiedEnvelope.maximumBytes) are taken")
    }
    return PreparedTransaction(complete)
  }

  /// The body with the minimum fee, which is part of the size that it is reckoned from.
  private static func paying(
    _ body: (Amount) -> TransactionBody, _ minimumFee: (Int) throws(Rejection) -> Amount
  ) throws(Rejection) -> TransactionBody {
    var fee = Amount.zero
    while true {
      let candidate = body(fee)
      let minimum = try minimumFee(Envelope.signedSize(of: candidate))
      guard fee < minimum else { return candidate }
      fee = minimum
    }
  }
}

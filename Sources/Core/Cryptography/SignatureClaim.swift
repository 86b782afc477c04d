/// The claim that a signature is one of a message by a key.
public struct SignatureClaim: Sendable {
  public let key: PublicKey
  public let signature: Signature
  public let message: [UInt8]

  public init(key: PublicKey, signature: Signature, message: [UInt8]) {
    self.key = key
    self.signature = signature
    self.message = message
  }
}

extension SignatureClaim {
  /// Which of `claims` are true, in their order: for each the answer of ``PublicKey/verifies(_:of:)``.
  ///
  /// Many claims take less than half the time of as many single checks, and claims with the same key still less. A false
  /// claim costs some checks more, so a batch with many of them may take four times as long as single checks.
  public static func verify(_ claims: [SignatureClaim]) -> [Bool] {
    var answers = [Bool](repeating: false, count: claims.count)
    for position in SignatureBatch(claims).truePositions { answers[position] = true }
    return answers
  }
}

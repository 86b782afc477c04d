/// The equation [8](S·B − h·A − R) = 0 of ZIP-215, which holds if and only if its claim is true.
struct SignatureEquation {
  /// The place of the claim in the list it comes from.
  let position: Int
  let key: PublicKey
  /// −A.
  let negativeKey: EdwardsPoint
  /// −R.
  let negativeCommitment: EdwardsPoint
  /// S.
  let response: Scalar
  /// h = SHA-512(R ‖ A ‖ message) mod L, of the bytes as they came.
  let challenge: Scalar

  /// The equation of `claim`, or nil if R belongs to no point or S is not below L.
  init?(_ claim: SignatureClaim, at position: Int, negativeKey: EdwardsPoint) {
    let (commitment, response) = claim.signature.halves
    guard let response = Scalar(canonical: response), let point = EdwardsPoint(decoding: commitment) else { return nil }
    self.position = position
    self.key = claim.key
    self.negativeKey = negativeKey
    self.negativeCommitment = -point
    self.response = response
    var hash = SHA512()
    hash.update(commitment)
    hash.update(key.numbers)
    claim.message.withUnsafeBytes { hash.update($0) }
    self.challenge = Scalar(reducing: hash.finalize())
  }
}

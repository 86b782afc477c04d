import Cryptography
import Encoding
import Testing

/// The acceptance rule of ``PublicKey/verifies(_:of:)``, ZIP-215, at its edges.
@Suite struct AcceptanceRuleTests {
  @Test(arguments: EdgeCase.computed + EdgeCase.published) func edgeCase(_ edge: EdgeCase) throws {
    let claim = try edge.claim
    #expect(claim.key.verifies(claim.signature, of: claim.message) == edge.isAccepted)
  }

  /// Every pair of the 14 encodings of points of small order, with S = 0 and the message "Zcash": ZIP-215's own cases.
  @Test(arguments: EdgeCase.smallOrderEncodings) func smallOrderPointsAreAccepted(key: String) throws {
    let scalar = String(repeating: "0", count: 64)
    let claims = try EdgeCase.smallOrderEncodings.map { point in
      try EdgeCase("", isAccepted: true, key: key, point: point, scalar: scalar, message: "5a63617368").claim
    }
    #expect(claims.count == 14)
    for claim in claims { #expect(claim.key.verifies(claim.signature, of: claim.message)) }
    #expect(SignatureClaim.verify(claims).allSatisfy { $0 })
  }

  /// y = 2 belongs to no point of the curve.
  @Test func pointsOffTheCurveVerifyNothing() throws {
    let offCurve = [2] + [UInt8](repeating: 0, count: 31)
    var random = Random(seed: 6)
    let (key, signature) = (PrivateKey(using: &random), PrivateKey(using: &random).sign([1]))
    #expect(!(try PublicKey(validating: offCurve[...])).verifies(signature, of: [1]))
    let commitment = offCurve + key.sign([1]).bytes[32...]
    #expect(!key.publicKey.verifies(try Signature(validating: commitment[...]), of: [1]))
  }

  /// S + k·L signs the same for every k that fits 32 bytes, and only k = 0 is accepted.
  @Test func scalarsOfTheOrderOrMoreAreRefused() throws {
    var random = Random(seed: 7)
    let key = PrivateKey(using: &random)
    var bytes = key.sign([1]).bytes
    #expect(key.publicKey.verifies(try Signature(validating: bytes[...]), of: [1]))
    for _ in 0..<14 {
      bytes.replaceSubrange(32..., with: SlowInteger.sum(Array(bytes[32...]), SlowInteger.order))
      #expect(!key.publicKey.verifies(try Signature(validating: bytes[...]), of: [1]))
    }
  }
}

import Encoding
import Testing

@testable import Cryptography

@Suite struct SignatureClaimTests {
  /// A claim that libsodium's signature makes true, and one with a bit of it flipped.
  private func pair(_ random: inout Random, key: PrivateKey) throws -> (good: SignatureClaim, bad: SignatureClaim) {
    let message = random.bytes(random.below(200))
    var bytes = key.publicKey.bytes + key.sign(message).bytes + message
    let good = SignatureClaim(key: key.publicKey, signature: key.sign(message), message: message)
    bytes[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
    let bad = SignatureClaim(
      key: try PublicKey(validating: bytes[..<32]), signature: try Signature(validating: bytes[32..<96]),
      message: Array(bytes[96...]))
    return (good, bad)
  }

  @Test func manySignaturesAreAcceptedAndTheirAlterationsRefused() throws {
    var random = Random(seed: 13)
    for _ in 0..<2000 {
      let (good, bad) = try pair(&random, key: PrivateKey(using: &random))
      #expect(good.key.verifies(good.signature, of: good.message))
      #expect(!bad.key.verifies(bad.signature, of: bad.message))
    }
  }

  /// Claims that are true, false or odd, some with a key of their own and some with one of three keys.
  private func pool(_ random: inout Random) throws -> [SignatureClaim] {
    let shared = (0..<3).map { _ in PrivateKey(using: &random) }
    let honest = try (0..<120).flatMap { index in
      let pair = try pair(&random, key: index < 60 ? shared[index % 3] : PrivateKey(using: &random))
      return [pair.good, pair.good, pair.bad]
    }
    let zero = String(repeating: "0", count: 64)
    let small = EdgeCase.smallOrderEncodings.map { encoding in
      EdgeCase("", isAccepted: true, key: encoding, point: encoding, scalar: zero, message: "")
    }
    return honest + (try (EdgeCase.computed + EdgeCase.published + small).map { try $0.claim })
  }

  @Test func batchesAnswerLikeSingleChecks() throws {
    var random = Random(seed: 14)
    let pool = try pool(&random)
    let answers = pool.map { $0.key.verifies($0.signature, of: $0.message) }
    let trueOnes = pool.indices.filter { answers[$0] }
    for count in [0, 1, 2, 3, 4, 5, 8, 13, 33, 64, 128, 150, 300, 600] {
      for candidates in [Array(pool.indices), trueOnes] {
        let chosen = (0..<count).map { _ in candidates[random.below(candidates.count)] }
        #expect(SignatureClaim.verify(chosen.map { pool[$0] }) == chosen.map { answers[$0] })
      }
    }
  }

  @Test(arguments: [2, 7, 64, 130, 260]) func falseClaimsAreNamedExactly(count: Int) throws {
    var random = Random(seed: UInt64(count))
    let pairs = try (0..<count).map { _ in try pair(&random, key: PrivateKey(using: &random)) }
    for falseCount in [1, 2, count] {
      let wrong = falseCount == count ? Array(0..<count) : (0..<falseCount).map { _ in random.below(count) }
      let claims = pairs.indices.map { wrong.contains($0) ? pairs[$0].bad : pairs[$0].good }
      #expect(SignatureClaim.verify(claims) == pairs.indices.map { !wrong.contains($0) })
    }
  }

  /// Two false claims whose errors cancel when the equations are merely added.
  @Test func errorsDoNotCancel() throws {
    var random = Random(seed: 15)
    let claims = try (0..<2).map { _ in try pair(&random, key: PrivateKey(using: &random)).good }
    for (up, down) in [(0, 1), (1, 0)] {
      var altered = claims
      altered[up] = try shifted(claims[up], by: .one)
      altered[down] = try shifted(claims[down], by: minusOne)
      #expect(SignatureClaim.verify(altered) == [false, false])
    }
  }

  private var minusOne: Scalar {
    Scalar(reducing: words([0xEC] + SlowInteger.order[1...]) as InlineArray<4, UInt64>)
  }

  private func shifted(_ claim: SignatureClaim, by addend: Scalar) throws -> SignatureClaim {
    let scalar = Scalar.product(Scalar(reducing: claim.signature.halves.scalar), .one, plus: addend)
    let signature = claim.signature.bytes[..<32] + bytes(scalar.words)
    return SignatureClaim(key: claim.key, signature: try Signature(validating: signature[...]), message: claim.message)
  }
}

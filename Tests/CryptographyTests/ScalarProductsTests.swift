import Encoding
import Testing

@testable import Cryptography

@Suite struct ScalarProductsTests {
  /// Counts below and above each change of method and of width.
  @Test(arguments: [0, 1, 2, 7, 40, 120, 300, 360, 1200]) func bothMethodsAgreeWithDoublingAndAdding(count: Int) throws
  {
    var random = Random(seed: UInt64(count))
    var products = ScalarProducts(capacity: count)
    products.baseScalar = scalar(&random)
    var expected = multiple(products.baseScalar, of: .base)
    for index in 0..<count {
      let scalar = [.zero, .one, scalar(&random), scalar(&random)][index % 4]
      let point = point(&random)
      products.add(scalar, times: point)
      expected += EdwardsAddend(multiple(scalar, of: point))
    }
    #expect(areEqual(products.sum, expected))
    var plain = multiple(.one, of: products.plainSum)
    #expect(areEqual(products.interleavedSum, products.bucketSum))
    plain += EdwardsAddend(products.bucketSum)
    #expect(areEqual(plain, expected))
  }

  @Test func theBasePointHasTheOrderOfScalars() throws {
    let minusOne = try #require(Scalar(canonical: words([0xEC] + SlowInteger.order[1...])))
    #expect(areEqual(multiple(minusOne, of: .base), -.base))
    #expect(!EdwardsPoint.base.isOfSmallOrder && EdwardsPoint.identity.isOfSmallOrder)
  }

  private func scalar(_ random: inout Random) -> Scalar {
    Scalar(reducing: words(random.bytes(32)) as InlineArray<4, UInt64>)
  }

  /// Half of all numbers are the y of some point.
  private func point(_ random: inout Random) -> EdwardsPoint {
    while true {
      if let point = EdwardsPoint(decoding: words(random.bytes(32))) { return point }
    }
  }

  private func multiple(_ scalar: Scalar, of point: EdwardsPoint) -> EdwardsPoint {
    var multiple = EdwardsPoint.identity
    for bit in (0..<256).reversed() {
      multiple = multiple.doubled(times: 1)
      if scalar.words[bit / 64] >> UInt64(bit % 64) & 1 == 1 { multiple += EdwardsAddend(point) }
    }
    return multiple
  }

  private func areEqual(_ one: EdwardsPoint, _ other: EdwardsPoint) -> Bool {
    (one.x * other.z - other.x * one.z).isZero && (one.y * other.z - other.y * one.z).isZero
  }
}

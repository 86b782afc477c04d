import Encoding
import Testing

@testable import Cryptography

@Suite struct FieldElementTests {
  /// Numbers at the edges, among them some that are not below the prime, and arbitrary ones; 255 bits each.
  private static let numbers: [[UInt8]] = {
    var random = Random(seed: 11)
    let edges: [[UInt8]] = (0..<2).map { [UInt8($0)] + [UInt8](repeating: 0, count: 31) }
    let high: [[UInt8]] = [0xEC, 0xED, 0xEE, 0xFF].map { [$0] + [UInt8](repeating: 0xFF, count: 30) + [0x7F] }
    let limbs = [0, 3].map { limb in (0..<256).map { $0 / 51 == limb && $0 < 255 } }.map(Self.packed)
    return edges + high + limbs
      + (0..<4).map { _ in
        var bytes = random.bytes(32)
        bytes[31] &= 0x7F
        return bytes
      }
  }()

  private static func packed(_ bits: [Bool]) -> [UInt8] {
    (0..<32).map { byte in (0..<8).reduce(0) { bits[8 * byte + $1] ? $0 | 1 << UInt8($1) : $0 } }
  }

  /// Every number of 255 bits is below twice the prime.
  private static func reduced(_ number: [UInt8]) -> [UInt8] {
    SlowInteger.difference(number, SlowInteger.prime) ?? number
  }

  @Test func agreesWithSlowArithmetic() throws {
    for one in Self.numbers {
      for other in Self.numbers {
        let (a, b) = (FieldElement(words(one)), FieldElement(words(other)))
        let (slowA, slowB) = (Self.reduced(one), Self.reduced(other))
        let slowNegative = try #require(SlowInteger.difference(SlowInteger.prime, slowB))
        let slowSum = SlowInteger.sum(slowA, slowB, modulo: SlowInteger.prime)
        let slowDifference = SlowInteger.sum(slowA, Self.reduced(slowNegative), modulo: SlowInteger.prime)
        #expect(bytes((a + b).words) == slowSum)
        #expect(bytes((a - b).words) == slowDifference)
        #expect(
          bytes(((a + b) * (a - b)).words) == SlowInteger.product(slowSum, slowDifference, modulo: SlowInteger.prime))
        #expect(bytes((a - b).squared().words) == bytes(((a - b) * (a - b)).words))
      }
    }
  }

  @Test func everyEncodingOfZeroIsZero() {
    for number in Self.numbers {
      let element = FieldElement(words(number))
      #expect(element.isZero == Self.reduced(number).allSatisfy { $0 == 0 })
      #expect(element.isOdd == (Self.reduced(number)[0] & 1 == 1))
      #expect((element - element).isZero && (element + -element).isZero)
    }
  }

  /// Of a number and its double one is a square, as 2 is none.
  @Test func squareRoots() throws {
    for number in Self.numbers where !Self.reduced(number).allSatisfy({ $0 == 0 }) {
      let element = FieldElement(words(number))
      for (numerator, denominator) in [(element, .one), (.one, element), (element, element + .one)] {
        let roots = [numerator, numerator + numerator].map { FieldElement.squareRoot(of: $0, over: denominator) }
        guard !denominator.isZero else { continue }
        #expect(roots.count { $0 != nil } == 1)
        if let root = roots[0] { #expect((root.squared() * denominator - numerator).isZero) }
      }
    }
  }

  @Test func constants() throws {
    let number: ([UInt8]) -> FieldElement = { FieldElement(words($0 + [UInt8](repeating: 0, count: 32 - $0.count))) }
    #expect((FieldElement.squareRootOfMinusOne.squared() + .one).isZero)
    #expect((EdwardsPoint.curveConstant * number([0x42, 0xDB, 1]) + number([0x41, 0xDB, 1])).isZero)
    let base = try #require(EdwardsPoint(decoding: words([0x58] + [UInt8](repeating: 0x66, count: 31))))
    #expect((base.x - EdwardsPoint.base.x).isZero && (base.t - EdwardsPoint.base.t).isZero)
    #expect((EdwardsPoint.base.y * number([5]) - number([4])).isZero)
  }
}

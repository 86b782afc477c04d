import Encoding
import Testing

@testable import Cryptography

@Suite struct ScalarTests {
  /// Numbers of 256 bits: around 0, 2^252, L and 2^256, and arbitrary ones.
  private static let numbers: [[UInt8]] = {
    var random = Random(seed: 12)
    let order = SlowInteger.order
    let beside = (0..<3).map { [UInt8(0xEC + $0)] + order[1...] }
    let powers = [[UInt8](repeating: 0, count: 31) + [0x10], [UInt8](repeating: 0xFF, count: 31) + [0x0F]]
    let ends = [[UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32)]
    return beside + powers + ends + (0..<2).map { _ in random.bytes(32) }
  }()

  private static let scalars = numbers.map { Scalar(reducing: words($0) as InlineArray<4, UInt64>) }

  private func reduced(_ number: [UInt8]) -> [UInt8] {
    SlowInteger.remainder(number, modulo: SlowInteger.order)
  }

  @Test func reductionAgreesWithSlowArithmetic() {
    for low in Self.numbers {
      for high in Self.numbers {
        let wide: InlineArray<8, UInt64> = words(low + high)
        #expect(bytes(Scalar(reducing: wide).words) == reduced(low + high))
      }
    }
  }

  /// (L − 1)·2^64 + 2^64 − 1 needs the largest quotient of a step.
  @Test func reductionAtTheLargestQuotient() {
    let number = [UInt8](repeating: 0xFF, count: 8) + Self.numbers[0]
    #expect(bytes(Scalar(reducing: words(number) as InlineArray<5, UInt64>).words) == reduced(number))
  }

  @Test func productsAgreeWithSlowArithmetic() {
    for (index, one) in Self.scalars.enumerated() {
      for other in Self.scalars {
        let addend = Self.scalars[(index + 1) % Self.scalars.count]
        let slow = SlowInteger.product(bytes(one.words), bytes(other.words), modulo: SlowInteger.order)
        let sum = SlowInteger.sum(slow, bytes(addend.words), modulo: SlowInteger.order)
        #expect(bytes(Scalar.product(one, other, plus: addend).words) == sum)
      }
    }
  }

  @Test func onlyNumbersBelowTheOrderAreCanonical() {
    for number in Self.numbers {
      let isBelow = SlowInteger.difference(number, SlowInteger.order) == nil
      #expect((Scalar(canonical: words(number)) != nil) == isBelow)
    }
  }

  @Test(arguments: 4...9) func digitsAddUpToTheScalar(width: Int) {
    for scalar in Self.scalars {
      var (odd, windows) = ([Int](repeating: 0, count: Scalar.digitCount), [Int](repeating: 0, count: 256))
      scalar.forEachOddDigit(width: width) { odd[$0] = $1 }
      scalar.forEachDigit(width: width) { windows[$0 * width] = $1 }
      #expect(total(odd) == scalar && total(windows) == scalar)
      #expect(odd.allSatisfy { $0 == 0 || ($0 & 1 == 1 && abs($0) < 1 << (width - 1)) })
      #expect(windows.allSatisfy { -1 << (width - 1) <= $0 && $0 < 1 << (width - 1) })
    }
  }

  /// Σ digit · 2^position.
  private func total(_ digits: [Int]) -> Scalar {
    let minusOne = Self.scalars[0]
    let two = Scalar.product(.one, .one, plus: .one)
    return digits.reversed().reduce(.zero) { total, digit in
      let size: InlineArray<1, UInt64> = [UInt64(abs(digit))]
      let signed = Scalar.product(Scalar(reducing: size), digit < 0 ? minusOne : .one, plus: .zero)
      return .product(total, two, plus: signed)
    }
  }
}

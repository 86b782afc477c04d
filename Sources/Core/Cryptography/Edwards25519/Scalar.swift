/// An integer modulo L = 2^252 + 27742317777372353535851937790883648493, the order of the base point.
struct Scalar: Equatable {
  /// The value below L, the lowest word first.
  let words: InlineArray<4, UInt64>

  static let zero = Scalar(words: InlineArray(repeating: 0))
  static let one = Scalar(words: [1, 0, 0, 0])

  private static let order: InlineArray<4, UInt64> = [
    0x5812_631A_5CF5_D3ED, 0x14DE_F9DE_A2F7_9CD6, 0, 0x1000_0000_0000_0000
  ]

  private init(words: InlineArray<4, UInt64>) { self.words = words }

  /// The integer of `words`, if it is below L: RFC 8032's check of S.
  init?(canonical words: InlineArray<4, UInt64>) {
    guard Self.subtracting(1, timesOrderFrom: words).borrow < 0 else { return nil }
    self.words = words
  }

  /// The integer of `words`, the lowest first, modulo L.
  init<let count: Int>(reducing words: InlineArray<count, UInt64>) {
    var remainder = Scalar.zero
    for index in words.indices.reversed() { remainder = remainder.appending(words[index]) }
    self = remainder
  }

  /// `one` · `other` + `addend`.
  static func product(_ one: Scalar, _ other: Scalar, plus addend: Scalar) -> Scalar {
    var words = InlineArray<8, UInt64>(repeating: 0)
    for index in 0..<4 { words[index] = addend.words[index] }
    for low in 0..<4 {
      var carry: UInt64 = 0
      for high in 0..<4 {
        let sum = UInt128(one.words[low]) * UInt128(other.words[high]) + UInt128(words[low + high]) + UInt128(carry)
        words[low + high] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      for index in (low + 4)..<8 {
        let (sum, overflows) = words[index].addingReportingOverflow(carry)
        words[index] = sum
        carry = overflows ? 1 : 0
      }
    }
    return Scalar(reducing: words)
  }

  /// self · 2^64 + `word`, modulo L.
  ///
  /// The quotient estimated from the bits above 2^252 is exact or one too large, as L is hardly more than 2^252.
  private func appending(_ word: UInt64) -> Scalar {
    let quotient = words[3] >> 60 == 0 ? words[3] << 4 | words[2] >> 60 : .max
    let (remainder, borrow) = Self.subtracting(quotient, timesOrderFrom: [word, words[0], words[1], words[2]])
    let isTooLarge = borrow + Int128(words[3]) < 0
    return Scalar(words: isTooLarge ? Self.addingOrder(to: remainder) : remainder)
  }

  /// `words` − `factor` · L: its lower four words, and what is left for the word above.
  private static func subtracting(
    _ factor: UInt64, timesOrderFrom words: InlineArray<4, UInt64>
  ) -> (words: InlineArray<4, UInt64>, borrow: Int128) {
    var result = words
    var borrow: Int128 = 0
    for index in words.indices {
      // No word of L exceeds 2^63, so the product fits a signed integer.
      borrow += Int128(words[index]) - Int128(UInt128(factor) * UInt128(order[index]))
      result[index] = UInt64(truncatingIfNeeded: borrow)
      borrow >>= 64
    }
    return (result, borrow)
  }

  private static func addingOrder(to words: InlineArray<4, UInt64>) -> InlineArray<4, UInt64> {
    var result = words
    var carry: UInt128 = 0
    for index in words.indices {
      carry += UInt128(words[index]) + UInt128(order[index])
      result[index] = UInt64(truncatingIfNeeded: carry)
      carry >>= 64
    }
    return result
  }

  static func == (one: Scalar, other: Scalar) -> Bool {
    one.words.indices.allSatisfy { one.words[$0] == other.words[$0] }
  }
}

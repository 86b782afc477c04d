/// Signed digits, with which a sum of multiples needs fewer additions.
extension Scalar {
  /// More than the digits of any scalar: there may be a carry after bit 252.
  static let digitCount = 256

  /// Calls `body` with the digits d of a sum Σ d · 2^position that are not zero: odd numbers between −2^(width − 1) and
  /// 2^(width − 1), at least `width` positions apart (the width-w non-adjacent form).
  @inline(__always)
  func forEachOddDigit(width: Int, _ body: (_ position: Int, _ digit: Int) -> Void) {
    var position = 0
    var carry = 0
    while position < Self.digitCount {
      let window = bits(from: position, count: width) + carry
      guard window & 1 == 1 else {
        position += 1
        continue
      }
      carry = window >> (width - 1)
      body(position, window - carry << width)
      position += width
    }
  }

  /// Calls `body` with the digits of the signed base 2^width, from −2^(width − 1) to 2^(width − 1) − 1, the lowest first.
  @inline(__always)
  func forEachDigit(width: Int, _ body: (_ index: Int, _ digit: Int) -> Void) {
    var carry = 0
    for index in 0..<Self.digitCount(width: width) {
      let window = bits(from: index * width, count: width) + carry
      carry = (window + 1 << (width - 1)) >> width
      body(index, window - carry << width)
    }
  }

  /// The digits of base 2^width that 254 bits take.
  static func digitCount(width: Int) -> Int { (254 + width - 1) / width }

  /// `count` bits as a number, zero above the highest.
  @inline(__always)
  private func bits(from position: Int, count: Int) -> Int {
    let (word, shift) = (position / 64, UInt64(position % 64))
    guard word < 4 else { return 0 }
    var bits = words[word] >> shift
    if shift > 0, word < 3 { bits |= words[word + 1] << (64 - shift) }
    return Int(truncatingIfNeeded: bits & (1 << UInt64(count) - 1))
  }
}

/// Arithmetic on little-endian byte strings, written for being obviously right: what the fast code is compared with.
enum SlowInteger {
  /// 2^255 − 19.
  static let prime: [UInt8] = [0xED] + [UInt8](repeating: 0xFF, count: 30) + [0x7F]
  /// The order L of the base point.
  static let order: [UInt8] =
    [0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58, 0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14]
    + [UInt8](repeating: 0, count: 15) + [0x10]

  /// The sum of two numbers of one length, which must fit it.
  static func sum(_ one: [UInt8], _ other: [UInt8]) -> [UInt8] {
    var carry = 0
    let sum = zip(one, other).map { pair -> UInt8 in
      carry += Int(pair.0) + Int(pair.1)
      defer { carry >>= 8 }
      return UInt8(carry & 0xFF)
    }
    precondition(carry == 0, "the sum takes more bytes")
    return sum
  }

  /// The difference, or nil if it is below zero.
  static func difference(_ one: [UInt8], _ other: [UInt8]) -> [UInt8]? {
    var borrow = 0
    let difference = zip(one, other).map { pair -> UInt8 in
      borrow += Int(pair.0) - Int(pair.1)
      defer { borrow >>= 8 }
      return UInt8(borrow & 0xFF)
    }
    return borrow == 0 ? difference : nil
  }

  /// The sum of two numbers below `modulus`.
  static func sum(_ one: [UInt8], _ other: [UInt8], modulo modulus: [UInt8]) -> [UInt8] {
    let sum = sum(one, other)
    return difference(sum, modulus) ?? sum
  }

  /// A number of any length, bit by bit from the highest.
  static func remainder(_ number: [UInt8], modulo modulus: [UInt8]) -> [UInt8] {
    let one: [UInt8] = [1] + [UInt8](repeating: 0, count: 31)
    return product(one, number, modulo: modulus)
  }

  /// `one`, below `modulus`, times `other` of any length, by doubling and adding.
  static func product(_ one: [UInt8], _ other: [UInt8], modulo modulus: [UInt8]) -> [UInt8] {
    var product = [UInt8](repeating: 0, count: 32)
    for bit in (0..<8 * other.count).reversed() {
      product = sum(product, product, modulo: modulus)
      if other[bit / 8] >> UInt8(bit % 8) & 1 == 1 { product = sum(product, one, modulo: modulus) }
    }
    return product
  }
}

/// Words, the lowest first, as little-endian bytes.
func bytes<let count: Int>(_ words: InlineArray<count, UInt64>) -> [UInt8] {
  words.indices.flatMap { index in (0..<8).map { UInt8(truncatingIfNeeded: words[index] >> (8 * UInt64($0))) } }
}

/// Little-endian bytes as words, the lowest first.
func words<let count: Int>(_ bytes: [UInt8]) -> InlineArray<count, UInt64> {
  InlineArray { index in bytes[(8 * index)..<(8 * index + 8)].reversed().reduce(0) { $0 << 8 | UInt64($1) } }
}

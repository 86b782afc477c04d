extension FieldElement {
  /// The lower 255 bits of `words`, lowest word first, modulo the prime.
  init(_ words: InlineArray<4, UInt64>) {
    let mask: UInt64 = 1 << 51 - 1
    self.init(
      words[0] & mask, (words[0] >> 51 | words[1] << 13) & mask, (words[1] >> 38 | words[2] << 26) & mask,
      (words[2] >> 25 | words[3] << 39) & mask, (words[3] >> 12) & mask)
  }

  /// The one value below the prime, in words, the lowest first.
  var words: InlineArray<4, UInt64> {
    let product = self * .one
    var limbs: InlineArray<5, UInt64> = [product.limb0, product.limb1, product.limb2, product.limb3, product.limb4]
    // Adding 19 carries over 2^255 exactly when the value is not below the prime.
    var carry: UInt64 = 19
    for index in limbs.indices { carry = (limbs[index] &+ carry) &>> 51 }
    carry = 19 &* carry
    for index in limbs.indices {
      carry &+= limbs[index]
      limbs[index] = carry & (1 << 51 - 1)
      carry &>>= 51
    }
    return [
      limbs[0] | limbs[1] << 51, limbs[1] >> 13 | limbs[2] << 38, limbs[2] >> 26 | limbs[3] << 25,
      limbs[3] >> 39 | limbs[4] << 12
    ]
  }

  var isZero: Bool {
    let words = words
    return words[0] | words[1] | words[2] | words[3] == 0
  }

  /// Whether the value below the prime is odd, which RFC 8032 calls negative.
  var isOdd: Bool { words[0] & 1 == 1 }
}

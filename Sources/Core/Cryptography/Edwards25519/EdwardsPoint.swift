/// A point of edwards25519, −x² + y² = 1 + d·x²·y², in the extended coordinates of "Twisted Edwards Curves Revisited"
/// (Hisil, Wong, Carter and Dawson, 2008): x = X / Z, y = Y / Z, x·y = T / Z.
struct EdwardsPoint {
  let x, y, z, t: FieldElement

  init(x: FieldElement, y: FieldElement, z: FieldElement, t: FieldElement) {
    self.x = x
    self.y = y
    self.z = z
    self.t = t
  }

  static let identity = EdwardsPoint(x: .zero, y: .one, z: .one, t: .zero)

  /// B, the point with y = 4/5 and even x that RFC 8032 counts from.
  static let base = EdwardsPoint(
    x: FieldElement(0x62D6_08F2_5D51A, 0x412A_4B4F_6592A, 0x75B7_171A_4B31D, 0x1FF6_0527_118FE, 0x2169_36D3_CD6E5),
    y: FieldElement(0x6666_6666_66658, 0x4CCC_CCCC_CCCCC, 0x1999_9999_99999, 0x3333_3333_33333, 0x6666_6666_66666),
    z: .one,
    t: FieldElement(0x68AB_3A5B_7DDA3, 0x0EEA_2A5E_ADBB, 0x2AF8_DF48_3C27E, 0x332B_3752_74732, 0x6787_5F0F_D78B7))

  /// d = −121665 / 121666.
  static let curveConstant = FieldElement(
    0x34DC_A135_978A3, 0x1A82_83B1_56EBD, 0x5E7A_2600_1C029, 0x739C_663A_03CBB, 0x5203_6CEE_2B6FF)

  /// The point that `words` encode, or nil if there is none with that y.
  ///
  /// ZIP-215 reads more encodings than RFC 8032 writes: y may be as large as 2^255 − 1, and x = 0 may have the sign 1.
  init?(decoding words: InlineArray<4, UInt64>) {
    y = FieldElement(words)
    z = .one
    let square = y.squared()
    guard let root = FieldElement.squareRoot(of: square - .one, over: square * Self.curveConstant + .one) else {
      return nil
    }
    let isNegative = words[3] >> 63 == 1
    x = root.isOdd == isNegative ? root : -root
    t = x * y
  }

  /// Whether the order divides the cofactor 8.
  var isOfSmallOrder: Bool {
    let multiple = doubled(times: 3)
    return multiple.x.isZero && (multiple.y - multiple.z).isZero
  }

  static prefix func - (point: EdwardsPoint) -> EdwardsPoint {
    EdwardsPoint(x: -point.x, y: point.y, z: point.z, t: -point.t)
  }
}

extension EdwardsPoint {
  /// The point (E / G, H / F) in the letters of Hisil et al., with which both doubling and addition end.
  @inline(__always)
  init(e: FieldElement, f: FieldElement, g: FieldElement, h: FieldElement) {
    self.init(x: e * f, y: g * h, z: f * g, t: e * h)
  }

  /// The multiple 2^count (formula dbl-2008-hwcd); T is computed at the end only, as doubling does not need it.
  func doubled(times count: Int) -> EdwardsPoint {
    guard count > 0 else { return self }
    var (x, y, z) = (x, y, z)
    for _ in 1..<count {
      let (e, f, g, h) = Self.doubling(x, y, z)
      (x, y, z) = (e * f, g * h, f * g)
    }
    let (e, f, g, h) = Self.doubling(x, y, z)
    return EdwardsPoint(e: e, f: f, g: g, h: h)
  }

  @inline(__always)
  private static func doubling(
    _ x: FieldElement, _ y: FieldElement, _ z: FieldElement
  ) -> (e: FieldElement, f: FieldElement, g: FieldElement, h: FieldElement) {
    let (a, b, halfC) = (x.squared(), y.squared(), z.squared())
    let g = b - a
    return (e: (x + y).squared() - (a + b), f: g - (halfC + halfC), g: g, h: -(a + b))
  }
}

/// An element of the field of 2^255 − 19 elements: five limbs of 51 bits, the lowest first.
///
/// A product has limbs below 2^51 + 2^13. Sums and differences are not carried: a factor may have limbs up to 2^54.25,
/// and what is subtracted up to 2^53 − 76, which allows a sum or difference of two products on every side.
/// The numbers are public, so nothing here needs constant time.
struct FieldElement {
  private(set) var limb0, limb1, limb2, limb3, limb4: UInt64

  @inline(__always)
  init(_ limb0: UInt64, _ limb1: UInt64, _ limb2: UInt64, _ limb3: UInt64, _ limb4: UInt64) {
    self.limb0 = limb0
    self.limb1 = limb1
    self.limb2 = limb2
    self.limb3 = limb3
    self.limb4 = limb4
  }

  static let zero = FieldElement(0, 0, 0, 0, 0)
  static let one = FieldElement(1, 0, 0, 0, 0)

  fileprivate static let limbMask: UInt64 = 1 << 51 - 1

  /// The sum, without a carry.
  @inline(__always)
  static func + (one: FieldElement, other: FieldElement) -> FieldElement {
    FieldElement(
      one.limb0 &+ other.limb0, one.limb1 &+ other.limb1, one.limb2 &+ other.limb2, one.limb3 &+ other.limb3,
      one.limb4 &+ other.limb4)
  }

  /// The difference, without a carry: 4·(2^255 − 19) is added so that no limb goes below zero.
  @inline(__always)
  static func - (one: FieldElement, other: FieldElement) -> FieldElement {
    let lowest: UInt64 = 0x1F_FFFF_FFFF_FFB4
    let others: UInt64 = 0x1F_FFFF_FFFF_FFFC
    return FieldElement(
      one.limb0 &+ lowest &- other.limb0, one.limb1 &+ others &- other.limb1, one.limb2 &+ others &- other.limb2,
      one.limb3 &+ others &- other.limb3, one.limb4 &+ others &- other.limb4)
  }

  @inline(__always)
  static prefix func - (element: FieldElement) -> FieldElement { zero - element }
}

extension FieldElement {
  /// The product; limbs above 2^255 come back times 19.
  @inline(__always)
  static func * (one: FieldElement, other: FieldElement) -> FieldElement {
    let (a0, a1, a2, a3, a4) = (one.limb0, one.limb1, one.limb2, one.limb3, one.limb4)
    let (b0, b1, b2, b3, b4) = (other.limb0, other.limb1, other.limb2, other.limb3, other.limb4)
    let (c1, c2, c3, c4) = (19 &* b1, 19 &* b2, 19 &* b3, 19 &* b4)
    return FieldElement(
      carrying: wide(a0, b0) &+ wide(a4, c1) &+ wide(a3, c2) &+ wide(a2, c3) &+ wide(a1, c4),
      wide(a0, b1) &+ wide(a1, b0) &+ wide(a4, c2) &+ wide(a3, c3) &+ wide(a2, c4),
      wide(a0, b2) &+ wide(a1, b1) &+ wide(a2, b0) &+ wide(a4, c3) &+ wide(a3, c4),
      wide(a0, b3) &+ wide(a1, b2) &+ wide(a2, b1) &+ wide(a3, b0) &+ wide(a4, c4),
      wide(a0, b4) &+ wide(a1, b3) &+ wide(a2, b2) &+ wide(a3, b1) &+ wide(a4, b0))
  }

  @inline(__always)
  func squared() -> FieldElement {
    let (double0, double1) = (2 &* limb0, 2 &* limb1)
    let (c3, c4) = (19 &* limb3, 19 &* limb4)
    let (double2, doubleC4) = (2 &* limb2, 2 &* c4)
    return FieldElement(
      carrying: Self.wide(limb0, limb0) &+ Self.wide(limb1, doubleC4) &+ Self.wide(double2, c3),
      Self.wide(double0, limb1) &+ Self.wide(limb2, doubleC4) &+ Self.wide(limb3, c3),
      Self.wide(double0, limb2) &+ Self.wide(limb1, limb1) &+ Self.wide(limb3, doubleC4),
      Self.wide(double0, limb3) &+ Self.wide(double1, limb2) &+ Self.wide(limb4, c4),
      Self.wide(double0, limb4) &+ Self.wide(double1, limb3) &+ Self.wide(limb2, limb2))
  }

  /// The full product of two words.
  @inline(__always)
  private static func wide(_ one: UInt64, _ other: UInt64) -> UInt128 {
    UInt128(truncatingIfNeeded: one) &* UInt128(truncatingIfNeeded: other)
  }

  /// The element of five sums of products, each below 2^115.
  @inline(__always)
  private init(carrying sum0: UInt128, _ sum1: UInt128, _ sum2: UInt128, _ sum3: UInt128, _ sum4: UInt128) {
    let carried1 = sum1 &+ (sum0 &>> 51)
    let carried2 = sum2 &+ (carried1 &>> 51)
    let carried3 = sum3 &+ (carried2 &>> 51)
    let carried4 = sum4 &+ (carried3 &>> 51)
    let lowest = Self.low(sum0) &+ 19 &* UInt64(truncatingIfNeeded: carried4 &>> 51)
    self.init(
      lowest & Self.limbMask, Self.low(carried1) &+ (lowest &>> 51), Self.low(carried2), Self.low(carried3),
      Self.low(carried4))
  }

  @inline(__always)
  private static func low(_ sum: UInt128) -> UInt64 { UInt64(truncatingIfNeeded: sum) & limbMask }
}

extension FieldElement {
  /// A square root of −1: 2^((p − 1) / 4).
  static let squareRootOfMinusOne = FieldElement(
    0x61B2_74A0_EA0B0, 0x0D5A_5FC8_F189D, 0x7EF5_E9CB_D0C60, 0x7859_5A68_04C9E, 0x2B83_2480_4FC1D)

  /// A root of `numerator` / `denominator`, or nil if that is no square (RFC 8032, section 5.1.3).
  static func squareRoot(of numerator: FieldElement, over denominator: FieldElement) -> FieldElement? {
    let cube = denominator.squared() * denominator
    let seventh = cube.squared() * denominator
    let root = numerator * cube * (numerator * seventh).raisedForRoot()
    let square = root.squared() * denominator
    if (square - numerator).isZero { return root }
    return (square + numerator).isZero ? root * squareRootOfMinusOne : nil
  }

  /// The power (p − 5) / 8 = 2^252 − 3, in 251 squarings and 11 products.
  private func raisedForRoot() -> FieldElement {
    let power2 = squared()
    let power9 = self * power2.squared(times: 2)
    let power11 = power2 * power9
    // From here on `onesN` is the power 2^N − 1, whose exponent is N ones.
    let ones5 = power9 * power11.squared()
    let ones10 = ones5.squared(times: 5) * ones5
    let ones20 = ones10.squared(times: 10) * ones10
    let ones40 = ones20.squared(times: 20) * ones20
    let ones50 = ones40.squared(times: 10) * ones10
    let ones100 = ones50.squared(times: 50) * ones50
    let ones200 = ones100.squared(times: 100) * ones100
    let ones250 = ones200.squared(times: 50) * ones50
    return ones250.squared(times: 2) * self
  }

  private func squared(times count: Int) -> FieldElement {
    var power = self
    for _ in 0..<count { power = power.squared() }
    return power
  }
}

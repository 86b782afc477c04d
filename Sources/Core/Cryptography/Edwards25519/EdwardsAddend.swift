/// A point prepared for being added many times: Y + X, Y − X, 2·d·T and Z.
struct EdwardsAddend {
  fileprivate let plain: PlainAddend
  fileprivate let z: FieldElement

  @inline(__always)
  init(_ point: EdwardsPoint) {
    plain = PlainAddend(point)
    z = point.z
  }
}

/// A point with Z = 1, as decoding gives it, prepared for being added many times with a product less.
struct PlainAddend {
  fileprivate let sum, difference, scaledT: FieldElement

  private static let doubleCurveConstant = EdwardsPoint.curveConstant + EdwardsPoint.curveConstant

  @inline(__always)
  init(_ point: EdwardsPoint) {
    sum = point.y + point.x
    difference = point.y - point.x
    scaledT = point.t * Self.doubleCurveConstant
  }
}

/// Formula add-2008-hwcd-3 of Hisil et al., which holds for every pair of points.
extension EdwardsPoint {
  @inline(__always)
  static func += (point: inout EdwardsPoint, addend: EdwardsAddend) { point.add(addend.plain, z: point.z * addend.z) }

  @inline(__always)
  static func -= (point: inout EdwardsPoint, addend: EdwardsAddend) {
    point.subtract(addend.plain, z: point.z * addend.z)
  }

  @inline(__always)
  static func += (point: inout EdwardsPoint, addend: PlainAddend) { point.add(addend, z: point.z) }

  @inline(__always)
  static func -= (point: inout EdwardsPoint, addend: PlainAddend) { point.subtract(addend, z: point.z) }

  /// Adds; `z` is the product of the two Z.
  @inline(__always)
  private mutating func add(_ addend: PlainAddend, z: FieldElement) {
    let a = (y - x) * addend.difference
    let b = (y + x) * addend.sum
    let c = t * addend.scaledT
    let d = z + z
    self = EdwardsPoint(e: b - a, f: d - c, g: d + c, h: b + a)
  }

  /// Adds the opposite point, whose sum and difference change places.
  @inline(__always)
  private mutating func subtract(_ addend: PlainAddend, z: FieldElement) {
    let a = (y - x) * addend.sum
    let b = (y + x) * addend.difference
    let c = t * addend.scaledT
    let d = z + z
    self = EdwardsPoint(e: b - a, f: d + c, g: d - c, h: b + a)
  }
}

/// Straus's method: one run of doublings for all points, each with a table of its odd multiples.
extension ScalarProducts {
  private static let width = 5
  private static let tableCount = 1 << (width - 2)
  private static let baseWidth = 8
  private static let baseTable = oddMultiples(of: .base, count: 1 << (baseWidth - 2))

  var interleavedSum: EdwardsPoint {
    let tables = points.flatMap { Self.oddMultiples(of: $0, count: Self.tableCount) }
    let baseTable = Self.baseTable
    let (digits, baseDigits) = (digits, baseDigits)
    var sum = EdwardsPoint.identity
    var doublings = 0
    /// Adds the multiple `digit`, at most the table's last, of the point whose table begins at `start`.
    func add(_ digit: Int8, from table: [EdwardsAddend], at start: Int) {
      sum = sum.doubled(times: doublings)
      doublings = 0
      if digit > 0 { sum += table[start + Int(digit) / 2] } else { sum -= table[start - Int(digit) / 2] }
    }
    for position in (0..<Scalar.digitCount).reversed() {
      doublings += 1
      if baseDigits[position] != 0 { add(baseDigits[position], from: baseTable, at: 0) }
      let row = position * points.count
      for index in points.indices where digits[row + index] != 0 {
        add(digits[row + index], from: tables, at: index * Self.tableCount)
      }
    }
    return sum.doubled(times: doublings)
  }

  /// The digits of all scalars, those of one position side by side.
  private var digits: [Int8] {
    var digits = [Int8](repeating: 0, count: Scalar.digitCount * scalars.count)
    for (index, scalar) in scalars.enumerated() {
      scalar.forEachOddDigit(width: Self.width) { digits[$0 * scalars.count + index] = Int8($1) }
    }
    return digits
  }

  private var baseDigits: [Int8] {
    var digits = [Int8](repeating: 0, count: Scalar.digitCount)
    baseScalar.forEachOddDigit(width: Self.baseWidth) { digits[$0] = Int8($1) }
    return digits
  }

  /// `point` times 1, 3, 5, …: `count` multiples.
  private static func oddMultiples(of point: EdwardsPoint, count: Int) -> [EdwardsAddend] {
    let double = EdwardsAddend(point.doubled(times: 1))
    var multiple = point
    return (0..<count).map { index in
      if index > 0 { multiple += double }
      return EdwardsAddend(multiple)
    }
  }
}

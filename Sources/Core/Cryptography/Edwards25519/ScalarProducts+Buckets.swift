/// Pippenger's method: for each digit position the points with the same digit are added into one bucket, and the
/// buckets are added by their digits; no point needs a table.
extension ScalarProducts {
  var bucketSum: EdwardsPoint {
    let points = points + [.base]
    let addends = points.map(PlainAddend.init)
    let width = Self.digitWidth(count: points.count)
    let digits = Self.digits(of: scalars + [baseScalar], width: width)
    var sum = EdwardsPoint.identity
    for position in (0..<Scalar.digitCount(width: width)).reversed() {
      var buckets = [EdwardsPoint?](repeating: nil, count: 1 << (width - 1))
      let row = position * points.count
      for index in points.indices {
        let digit = Int(digits[row + index])
        if digit > 0, (buckets[digit - 1]? += addends[index]) == nil { buckets[digit - 1] = points[index] }
        if digit < 0, (buckets[-digit - 1]? -= addends[index]) == nil { buckets[-digit - 1] = -points[index] }
      }
      sum = sum.doubled(times: width)
      sum += EdwardsAddend(Self.weightedSum(of: buckets))
    }
    return sum
  }

  /// Σ (index + 1) · bucket: the sum of what the buckets from each index on add up to.
  private static func weightedSum(of buckets: [EdwardsPoint?]) -> EdwardsPoint {
    var (running, total) = (EdwardsPoint.identity, EdwardsPoint.identity)
    for bucket in buckets.reversed() {
      if let bucket { running += EdwardsAddend(bucket) }
      total += EdwardsAddend(running)
    }
    return total
  }

  /// The digits of all scalars, those of one position side by side.
  private static func digits(of scalars: [Scalar], width: Int) -> [Int16] {
    var digits = [Int16](repeating: 0, count: Scalar.digitCount(width: width) * scalars.count)
    for (index, scalar) in scalars.enumerated() {
      scalar.forEachDigit(width: width) { digits[$0 * scalars.count + index] = Int16($1) }
    }
    return digits
  }

  /// The width with the fewest additions: wider digits are fewer, but have more buckets.
  private static func digitWidth(count: Int) -> Int {
    switch count {
    case ..<350: 6
    case ..<1100: 7
    case ..<3000: 8
    default: 9
    }
  }
}

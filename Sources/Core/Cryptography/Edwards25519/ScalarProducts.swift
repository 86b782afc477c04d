/// A sum of multiples of points, Σ scalar · point, to be computed at once.
struct ScalarProducts {
  /// From this many points on, sorting them into buckets takes less time than a table for each (measured).
  private static let pointsWorthBuckets = 250

  /// The factor of the base point.
  var baseScalar = Scalar.zero
  /// What is added with the factor 1.
  private(set) var plainSum = EdwardsPoint.identity
  private(set) var scalars: [Scalar] = []
  private(set) var points: [EdwardsPoint] = []

  init(capacity count: Int) {
    scalars.reserveCapacity(count)
    points.reserveCapacity(count)
  }

  /// Adds `scalar` · `point`.
  mutating func add(_ scalar: Scalar, times point: EdwardsPoint) {
    guard scalar != .one else { return plainSum += EdwardsAddend(point) }
    scalars.append(scalar)
    points.append(point)
  }

  var sum: EdwardsPoint {
    var sum = points.count < Self.pointsWorthBuckets ? interleavedSum : bucketSum
    sum += EdwardsAddend(plainSum)
    return sum
  }
}

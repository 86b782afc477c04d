internal import Foundation

extension [Double] {
  /// The middle value; the mean of the two in the middle when their number is even.
  var median: Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }

  /// The least value that so large a part of the values does not exceed.
  func percentile(_ part: Double) -> Double? {
    guard !isEmpty else { return nil }
    let rank = Int((part * Double(count)).rounded(.up))
    return sorted()[Swift.min(Swift.max(rank - 1, 0), count - 1)]
  }
}

extension Double {
  func rounded(significantDigits: Int) -> Double {
    guard isFinite, self != 0 else { return 0 }
    let scale = pow(10, Double(significantDigits - 1) - floor(log10(abs(self))))
    return (self * scale).rounded() / scale
  }
}

extension Duration {
  var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

/// How often `body`, which does `count` things, can be done in a second; it is repeated until `seconds` have passed.
func rate(over seconds: Double, of count: Int, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  let start = clock.now
  var done = 0
  repeat {
    try body()
    done += count
  } while (clock.now - start).inSeconds < seconds
  return Double(done) / (clock.now - start).inSeconds
}

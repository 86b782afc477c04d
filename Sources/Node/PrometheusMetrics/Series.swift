internal import Metrics
internal import Synchronization

/// A number that only grows.
final class CounterSeries: CounterHandler {
  private let value = Mutex<Int64>(0)

  func increment(by amount: Int64) { value.withLock { $0 += amount } }
  func reset() { value.withLock { $0 = 0 } }
  func lines(_ name: String, _ labels: Labels) -> String { "\(name)\(labels.text) \(value.withLock { $0 })\n" }
}

/// A number that was last set.
final class GaugeSeries: RecorderHandler {
  private let value = Mutex<Double>(0)

  func record(_ value: Int64) { record(Double(value)) }
  func record(_ value: Double) { self.value.withLock { $0 = value } }
  func lines(_ name: String, _ labels: Labels) -> String { "\(name)\(labels.text) \(value.withLock { $0 })\n" }
}

/// How many values fell below each of a few bounds.
final class HistogramSeries: RecorderHandler, TimerHandler {
  private struct Counts {
    var buckets: [UInt64]
    var count: UInt64 = 0
    var sum = 0.0
  }
  private let bounds: [Double]
  private let counts: Mutex<Counts>

  init(_ bounds: [Double]) {
    self.bounds = bounds
    counts = Mutex(Counts(buckets: bounds.map { _ in 0 }))
  }

  func record(_ value: Int64) { record(Double(value)) }
  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  func record(_ value: Double) {
    counts.withLock { counts in
      if let bucket = bounds.firstIndex(where: { value <= $0 }) { counts.buckets[bucket] += 1 }
      counts.count += 1
      counts.sum += value
    }
  }

  /// Buckets count everything below their bound, so each includes those before it.
  func lines(_ name: String, _ labels: Labels) -> String {
    let counts = counts.withLock { $0 }
    var text = ""
    var total: UInt64 = 0
    for (bound, bucket) in zip(bounds, counts.buckets) {
      total += bucket
      text += "\(name)_bucket\(labels.below("\(bound)").text) \(total)\n"
    }
    text += "\(name)_bucket\(labels.below("+Inf").text) \(counts.count)\n"
    return text + "\(name)_sum\(labels.text) \(counts.sum)\n\(name)_count\(labels.text) \(counts.count)\n"
  }
}

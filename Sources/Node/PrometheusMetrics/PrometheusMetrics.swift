public import Metrics
internal import Synchronization

/// Keeps metrics in memory and writes them as Prometheus reads them (text format 0.0.4).
///
/// Labels of metrics become names as they are: choose them of letters, digits and underscores, with units last. Timers are
/// histograms in seconds.
public final class PrometheusMetrics: MetricsFactory {
  private struct Key: Hashable {
    let name: String
    let labels: Labels
  }
  private struct Series {
    var counters: [Key: CounterSeries] = [:]
    var gauges: [Key: GaugeSeries] = [:]
    var histograms: [Key: HistogramSeries] = [:]
  }
  private let series = Mutex(Series())

  /// Upper bounds of a histogram's buckets, ascending: of seconds for timers.
  public let bounds: [Double]

  public init(bounds: [Double] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]) {
    self.bounds = bounds
  }

  public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    let key = Key(name: label, labels: Labels(dimensions))
    return series.withLock { $0.counters.one(key, CounterSeries()) }
  }

  public func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
    let key = Key(name: label, labels: Labels(dimensions))
    return series.withLock { series -> any RecorderHandler in
      aggregate ? series.histograms.one(key, HistogramSeries(bounds)) : series.gauges.one(key, GaugeSeries())
    }
  }

  public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    let key = Key(name: label, labels: Labels(dimensions))
    return series.withLock { $0.histograms.one(key, HistogramSeries(bounds)) }
  }

  /// A series outlives its handles: a counter never goes back.
  public func destroyCounter(_ handler: any CounterHandler) {}
  public func destroyRecorder(_ handler: any RecorderHandler) {}
  public func destroyTimer(_ handler: any TimerHandler) {}
}

extension PrometheusMetrics {
  /// Every series, in the order of their names.
  public var text: String {
    let series = series.withLock { $0 }
    return Self.family("counter", series.counters.map { ($0.name, $0.labels, $1.lines) })
      + Self.family("gauge", series.gauges.map { ($0.name, $0.labels, $1.lines) })
      + Self.family("histogram", series.histograms.map { ($0.name, $0.labels, $1.lines) })
  }

  private typealias Written = (name: String, labels: Labels, lines: (String, Labels) -> String)

  private static func family(_ kind: String, _ all: [Written]) -> String {
    let sorted = all.sorted { ($0.name, $0.labels.text) < ($1.name, $1.labels.text) }
    var text = ""
    var last: String?
    for (name, labels, lines) in sorted {
      if name != last { text += "# TYPE \(name) \(kind)\n" }
      last = name
      text += lines(name, labels)
    }
    return text
  }
}

extension Dictionary {
  /// The value of `key`, which is `made` when there was none.
  fileprivate mutating func one(_ key: Key, _ made: @autoclosure () -> Value) -> Value {
    if let value = self[key] { return value }
    let value = made()
    self[key] = value
    return value
  }
}

import Metrics
import PrometheusMetrics
import Testing

@Suite struct PrometheusMetricsTests {
  @Test func countersOfOneNameAreOneFamily() {
    let metrics = PrometheusMetrics()
    Counter(label: "requests_total", dimensions: [("route", "/b")], factory: metrics).increment(by: 2)
    Counter(label: "requests_total", dimensions: [("route", "/a")], factory: metrics).increment()
    Counter(label: "requests_total", dimensions: [("route", "/b")], factory: metrics).increment()
    #expect(
      metrics.text == """
        # TYPE requests_total counter
        requests_total{route="/a"} 1
        requests_total{route="/b"} 3

        """)
  }

  @Test func gaugesKeepTheLastValue() {
    let metrics = PrometheusMetrics()
    let gauge = Gauge(label: "height", factory: metrics)
    gauge.record(7)
    gauge.record(5)
    #expect(metrics.text == "# TYPE height gauge\nheight 5.0\n")
  }

  @Test func timersAreCumulativeHistogramsInSeconds() {
    let metrics = PrometheusMetrics(bounds: [0.5, 2])
    let timer = Metrics.Timer(label: "latency_seconds", dimensions: [("route", "/")], factory: metrics)
    for milliseconds in [250, 500, 1_000, 4_000] { timer.recordMilliseconds(milliseconds) }
    #expect(
      metrics.text == """
        # TYPE latency_seconds histogram
        latency_seconds_bucket{route="/",le="0.5"} 2
        latency_seconds_bucket{route="/",le="2.0"} 3
        latency_seconds_bucket{route="/",le="+Inf"} 4
        latency_seconds_sum{route="/"} 5.75
        latency_seconds_count{route="/"} 4

        """)
  }

  @Test func valuesOfLabelsAreEscaped() {
    let metrics = PrometheusMetrics()
    Counter(label: "odd", dimensions: [("name", "a\"b\\c\nd")], factory: metrics).increment()
    #expect(metrics.text.contains(#"odd{name="a\"b\\c\nd"} 1"#))
  }
}

internal import Metrics

/// What the engine tells an operator about itself.
struct EngineMetrics: Sendable {
  /// Transactions that wait for a block.
  let waiting: Gauge
  /// Transactions that got in; each of them ends in a block, expires, or is evicted.
  let accepted: Counter
  let expired: Counter
  let evicted: Counter
  /// Time from the choice of a block's transactions until the block is durable.
  let execution: Metrics.Timer

  init(_ factory: any MetricsFactory) {
    waiting = Gauge(label: "relay_mempool_transactions", factory: factory)
    let label = "relay_mempool_transactions_total"
    accepted = Counter(label: label, dimensions: [("event", "accepted")], factory: factory)
    expired = Counter(label: label, dimensions: [("event", "expired")], factory: factory)
    evicted = Counter(label: label, dimensions: [("event", "evicted")], factory: factory)
    execution = Metrics.Timer(label: "relay_block_execution_seconds", factory: factory)
  }
}

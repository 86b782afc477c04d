internal import Metrics

/// What the engine tells an operator about itself.
struct EngineMetrics: Sendable {
  /// Transactions that wait for a block.
  let waiting: Gauge
  /// Time from the choice of a block's transactions until the block is durable.
  let execution: Metrics.Timer

  init(_ factory: any MetricsFactory) {
    waiting = Gauge(label: "relay_mempool_transactions", factory: factory)
    execution = Metrics.Timer(label: "relay_block_execution_seconds", factory: factory)
  }
}

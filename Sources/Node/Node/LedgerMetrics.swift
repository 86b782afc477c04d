internal import LedgerKit
internal import Metrics

/// What the ledger tells an operator about itself.
struct LedgerMetrics: Sendable {
  /// Height of the last committed block.
  let height: Gauge
  private let committed: Counter
  private let rejected: Counter

  init(_ factory: any MetricsFactory) {
    let label = "relay_transactions_total"
    height = Gauge(label: "relay_committed_height", factory: factory)
    committed = Counter(label: label, dimensions: [("outcome", "committed")], factory: factory)
    rejected = Counter(label: label, dimensions: [("outcome", "rejected")], factory: factory)
  }

  func count(_ results: BlockResults, at height: UInt64) {
    let refused = results.transactions.count { $0.rejection != nil }
    self.height.record(height)
    rejected.increment(by: refused)
    committed.increment(by: results.transactions.count - refused)
  }
}

internal import LedgerKit

extension EngineTime {
  init(_ timestamp: Timestamp) {
    self.init(
      seconds: timestamp.milliseconds / 1000, nanoseconds: UInt32(timestamp.milliseconds % 1000) * 1_000_000)
  }

  /// The moment in the ledger's unit, rounded down; `nil` before the Unix epoch.
  var timestamp: Timestamp? {
    guard seconds <= UInt64(Int64.max) / 1000 - 1 else { return nil }
    return Timestamp(milliseconds: seconds * 1000 + UInt64(nanoseconds / 1_000_000))
  }
}

internal import Encoding
internal import LedgerKit

/// A moment since the Unix epoch, as `google.protobuf.Timestamp` has it, or a span, as its `Duration` has it.
struct ProtobufTime: Record {
  static let schema = Schema(
    "ProtobufTime", "A moment since the Unix epoch, or a span.", ProtobufTime.init,
    Field(1, "seconds", \.seconds, "Whole seconds, as two's complement."),
    Field(2, "nanoseconds", \.nanoseconds, "Nanoseconds after them."))

  let seconds: UInt64
  let nanoseconds: UInt32

  init(seconds: UInt64, nanoseconds: UInt32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  init(_ timestamp: Timestamp) {
    seconds = timestamp.milliseconds / 1000
    nanoseconds = UInt32(timestamp.milliseconds % 1000) * 1_000_000
  }

  /// The moment in the ledger's unit, rounded down; `nil` before the Unix epoch.
  var timestamp: Timestamp? {
    guard seconds <= UInt64(Int64.max) / 1000 - 1 else { return nil }
    return Timestamp(milliseconds: seconds * 1000 + UInt64(nanoseconds / 1_000_000))
  }
}

internal import Foundation
internal import LedgerKit

extension Timestamp {
  /// The wall clock of this machine.
  static func now() -> Timestamp {
    Timestamp(milliseconds: UInt64(max(Date().timeIntervalSince1970, 0) * 1000))
  }
}

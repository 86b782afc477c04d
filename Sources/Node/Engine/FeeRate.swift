internal import LedgerKit

/// What a transaction pays for each of its bytes: the fraction itself, so that nothing is rounded.
struct FeeRate: Comparable {
  private let fee: UInt64
  private let bytes: UInt64

  init(_ transaction: DecodedEnvelope) {
    fee = transaction.body.fee.nano
    bytes = UInt64(transaction.encoded.count)
  }

  static func == (one: FeeRate, other: FeeRate) -> Bool {
    one.fee.multipliedFullWidth(by: other.bytes) == other.fee.multipliedFullWidth(by: one.bytes)
  }

  static func < (one: FeeRate, other: FeeRate) -> Bool {
    one.fee.multipliedFullWidth(by: other.bytes) < other.fee.multipliedFullWidth(by: one.bytes)
  }

  /// The least fee with which a transaction of `size` bytes pays more for each byte, in nano-CPTM.
  func leastFee(toBeatWith size: Int) -> UInt64 {
    let product = fee.multipliedFullWidth(by: UInt64(size))
    guard product.high < bytes else { return .max }
    let least = bytes.dividingFullWidth(product).quotient
    return least == .max ? .max : least + 1
  }
}

public import Encoding
internal import LedgerKit

/// The rewards that one share of a validator earned since it registered, in units of 2⁻⁶⁴ nano-CPTM.
///
/// It only rises, so what a share earned between two moments is the difference, whoever else came or went.
public struct RewardIndex: Record {
  public static let schema = Schema(
    "RewardIndex", "The rewards that one share of a validator earned since it registered.", RewardIndex.init,
    Field(1, "nano", \.nano, "Whole nano-CPTM."),
    Field(2, "fraction", \.fraction, "The rest, in units of 2^-64 nano-CPTM."))

  public let nano: UInt64
  public let fraction: UInt64

  public init(nano: UInt64, fraction: UInt64) {
    self.nano = nano
    self.fraction = fraction
  }

  private init(_ value: UInt128) {
    self.init(nano: UInt64(value >> 64), fraction: UInt64(truncatingIfNeeded: value))
  }

  static let zero = RewardIndex(nano: 0, fraction: 0)

  private var value: UInt128 { UInt128(nano) << 64 | UInt128(fraction) }

  /// The index after `amount` was earned by `shares` of them together, rounded down; `nil` when it does not fit.
  func raised(by amount: Amount, over shares: UInt64) -> RewardIndex? {
    let (sum, overflow) = value.addingReportingOverflow((UInt128(amount.nano) << 64) / UInt128(shares))
    return overflow ? nil : RewardIndex(sum)
  }

  /// What `shares` of them earned since `earlier`, rounded down.
  ///
  /// It is at most what the rewards' vault has for them, so neither the product nor the result can overflow.
  func rewards(of shares: UInt64, since earlier: RewardIndex) -> Amount {
    Amount(nano: UInt64((UInt128(shares) * (value - earlier.value)) >> 64))
  }
}

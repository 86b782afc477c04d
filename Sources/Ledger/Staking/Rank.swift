internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import StateTree

/// A validator's place among all: those that may be elected first, and by falling stake among them.
struct Rank: TableKey {
  let isEligible: Bool
  let tokens: Amount
  let address: Address

  /// What decides: the least comes first.
  private var order: Pair<UInt64, Pair<UInt64, Address>> {
    Pair(isEligible ? 0 : 1, Pair(UInt64.max - tokens.nano, address))
  }

  static func < (one: Rank, other: Rank) -> Bool { one.order < other.order }

  static var keyLength: Int { Pair<UInt64, Pair<UInt64, Address>>.keyLength }
  func append(to path: inout [UInt8]) { order.append(to: &path) }
  init?(path: ArraySlice<UInt8>) {
    guard let order = Pair<UInt64, Pair<UInt64, Address>>(path: path), order.first <= 1 else { return nil }
    self.init(
      isEligible: order.first == 0, tokens: Amount(nano: UInt64.max - order.second.first),
      address: order.second.second)
  }

  init(isEligible: Bool, tokens: Amount, address: Address) {
    self.isEligible = isEligible
    self.tokens = tokens
    self.address = address
  }
}

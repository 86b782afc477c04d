internal import Cryptography
internal import Encoding
internal import LedgerKit

/// Funded accounts whose keys follow from their numbers.
struct Accounts: Sendable {
  /// What each has at genesis.
  static let balance = Amount(nano: 100 * Amount.unitsPerToken)
  let addresses: [Address]
  var count: Int { addresses.count }
  /// The accounts that the genesis document funds; a longer one takes a node more memory than it needs ever after, so transfers
  /// fund the others.
  var first: ArraySlice<Address> { addresses.prefix(1_000_000) }
  var others: ArraySlice<Address> { addresses[first.endIndex...] }

  /// The first `count` accounts, reckoned on all cores.
  init(_ count: Int) async {
    let size = 10_000
    addresses = await withTaskGroup(of: (Int, [Address]).self) { group in
      for start in stride(from: 0, to: count, by: size) {
        group.addTask { (start, (start..<min(start + size, count)).map { Address(Self.key($0).publicKey) }) }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }

  /// The key of account `index`.
  static func key(_ index: Int) -> PrivateKey {
    var random = Random(seed: UInt64(index))
    return PrivateKey(using: &random)
  }
}

internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Money

/// Makes signed transactions of the accounts of a chain.
struct Signing: Sendable {
  /// More than the least fee of the largest transaction.
  private static let fee = Amount(nano: 1_000_000)
  let chain: String
  /// When the transactions begin to be valid.
  let start: Timestamp

  /// The canonical bytes of a transaction of `operations`, signed by account `index`.
  func transaction(_ operations: [any Transaction], by index: Int, _ random: inout Random) -> [UInt8] {
    let key = Accounts.key(index)
    let body = TransactionBody(
      chain: chain, sender: Address(key.publicKey), fee: Self.fee, validFrom: start,
      validUntil: start.adding(seconds: 600), nonce: .sample(&random), operations: operations.map { Operation($0) })
    return Envelope(signing: body, with: key).encoded
  }

  /// A transaction of so many transfers between random accounts.
  func transfers(_ count: Int, among accounts: Accounts, _ random: inout Random) -> [UInt8] {
    let sender = random.below(accounts.count)
    let operations = (0..<count).map { _ in
      let offset = 1 + random.below(accounts.count - 1)
      return Transfer(to: accounts.addresses[(sender + offset) % accounts.count], amount: Amount(nano: 1))
    }
    return transaction(operations, by: sender, &random)
  }

  /// So many such transactions, signed on all cores.
  func corpus(_ count: Int, ofTransfers operations: Int, among accounts: Accounts) async -> [[UInt8]] {
    let size = 1_000
    return await withTaskGroup(of: [[UInt8]].self) { group in
      for first in stride(from: 0, to: count, by: size) {
        group.addTask {
          var random = Random(seed: UInt64(first) + start.milliseconds)
          return (0..<min(size, count - first)).map { _ in transfers(operations, among: accounts, &random) }
        }
      }
      return await group.reduce(into: []) { $0 += $1 }
    }
  }
}

extension Timestamp {
  /// The wall clock.
  static func now() -> Timestamp { Timestamp(milliseconds: UInt64(Date().timeIntervalSince1970 * 1000)) }
}

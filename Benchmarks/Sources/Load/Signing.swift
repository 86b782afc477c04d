internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Money

/// Makes signed transactions of the accounts of a chain.
struct Signing: Sendable {
  /// More than the least fee of the largest transaction.
  private static let fee = Amount(nano: 1_000_000)
  /// Longer than a corpus takes to be signed and a transaction to be committed once it is sent, in seconds.
  private static let margin: UInt64 = 90
  let chain: String
  /// When the transactions begin to be valid.
  let start: Timestamp

  /// The canonical bytes of a transaction of `operations`, signed by account `index` and valid for so long.
  func transaction(
    _ operations: [any Transaction], by index: Int, _ random: inout Random, seconds: UInt64 = margin
  ) -> [UInt8] {
    let key = Accounts.key(index)
    let body = TransactionBody(
      chain: chain, sender: Address(key.publicKey), fee: Self.fee, validFrom: start,
      validUntil: start.adding(seconds: seconds), nonce: .sample(&random), operations: operations.map { Operation($0) })
    return Envelope(signing: body, with: key).encoded
  }

  /// A transaction of so many transfers between random accounts.
  func transfers(_ count: Int, among accounts: Accounts, _ random: inout Random, seconds: UInt64) -> [UInt8] {
    let sender = random.below(accounts.count)
    let operations = (0..<count).map { _ in
      let offset = 1 + random.below(accounts.count - 1)
      return Transfer(to: accounts.addresses[(sender + offset) % accounts.count], amount: Amount(nano: 1))
    }
    return transaction(operations, by: sender, &random, seconds: seconds)
  }

  /// So many such transactions, signed on all cores; a node that takes `rate` a second from the first one on finds each valid,
  /// and needs to remember none much longer than that.
  func corpus(
    _ count: Int, ofTransfers operations: Int, among accounts: Accounts, rate: Double
  ) async -> [[UInt8]] {
    let size = 1_000
    return await withTaskGroup(of: (Int, [[UInt8]]).self) { group in
      for first in stride(from: 0, to: count, by: size) {
        group.addTask {
          var random = Random(seed: UInt64(first) + start.milliseconds)
          let seconds = Self.margin + UInt64(Double(first) / rate)
          let transactions = (0..<min(size, count - first)).map { _ in
            transfers(operations, among: accounts, &random, seconds: seconds)
          }
          return (first, transactions)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }.flatMap(\.1)
    }
  }
}

extension Signing {
  /// Transactions in which the first `senders` accounts give a little to each of `receivers`.
  func funding(of receivers: ArraySlice<Address>, by senders: Int) async -> [[UInt8]] {
    let size = 100
    let amount = Amount(nano: Accounts.balance.nano / 1_000)
    return await withTaskGroup(of: [UInt8].self) { group in
      for (index, first) in stride(from: receivers.startIndex, to: receivers.endIndex, by: size).enumerated() {
        group.addTask {
          var random = Random(seed: UInt64(first))
          let operations = receivers[first..<min(first + size, receivers.endIndex)].map {
            Transfer(to: $0, amount: amount)
          }
          return transaction(operations, by: index % senders, &random, seconds: 600)
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
  }
}

extension Timestamp {
  /// The wall clock.
  static func now() -> Timestamp { Timestamp(milliseconds: UInt64(Date().timeIntervalSince1970 * 1000)) }
}

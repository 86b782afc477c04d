import Client
import Cryptography
import Encoding
import Foundation
import Jobs
import LedgerKit
import Market
import Money
import Operations
import Testing

/// Who has what after one block.
struct Books: Equatable {
  let buyer: Account
  let provider: Account
  let fees: Account
  let supply: UInt64

  /// Every unit of every account.
  var sum: UInt64 {
    [buyer, provider, fees].reduce(0) { $0 + $1.available.nano + $1.held.nano + $1.bonded.nano }
  }

  static func == (one: Books, other: Books) -> Bool {
    [one.buyer, one.provider, one.fees].map(\.encoded) == [other.buyer, other.provider, other.fees].map(\.encoded)
  }
}

extension TestNetwork {
  /// The accounts of one block.
  func books() async throws -> Books {
    while true {
      let accounts = try await [Address(buyer.publicKey), Address(provider.publicKey), Money.feeAccount].asyncMap {
        try await client.ask(AccountOf(owner: $0), proving: false)
      }
      let supply = try await client.ask(SupplyOf(), proving: false)
      guard accounts.allSatisfy({ $0.height == supply.height }) else { continue }
      return Books(
        buyer: accounts[0].answer, provider: accounts[1].answer, fees: accounts[2].answer,
        supply: supply.answer.total.nano)
    }
  }

  /// Asserts that no money is lost or made, and that nothing is set aside but the offer's bond.
  func expectRest(of offer: Identifier, bond: UInt64 = Amount.unitsPerToken, _ comment: Comment) async throws {
    let books = try await books()
    #expect(books.supply == 2 * Self.funds, comment)
    #expect(books.sum == books.supply, comment)
    #expect([books.buyer.held, books.buyer.bonded, books.provider.held] == [.zero, .zero, .zero], comment)
    #expect(books.provider.bonded.nano == bond, comment)
    #expect(try await client.ask(OfferOf(offer: offer)).running == 0, comment)
    #expect(try await client.ask(LiveDealsOf(offer: offer)).deals.isEmpty, comment)
  }

  /// The provider's offer, once it is listed.
  func offer() async throws -> Identifier {
    var found: Identifier?
    try await until("the offer is listed") {
      found = try await client.ask(OffersOf()).offers.first?.id
      return found != nil
    }
    return try #require(found)
  }

  /// What happened to the buyer, oldest first.
  func history() async throws -> [any Member] {
    try await client.history(of: Address(buyer.publicKey), limit: 100).events.reversed().map(\.event.member)
  }

  /// The fees that the buyer paid so far.
  func feesOfBuyer() async throws -> UInt64 {
    try await history().compactMap { ($0 as? FeeCharged)?.amount.nano }.reduce(0, +)
  }

  /// An order of a shell script that leaves the file `out.txt` behind.
  static func order(
    _ script: String, from offer: Identifier, wallSeconds: UInt32 = 10, deliverWithinSeconds: UInt64
  ) -> Purchase.Order {
    let job = Job(
      command: ["sh", "-c", script], inputs: [], outputs: ["out.txt"],
      limits: JobLimits(
        wallSeconds: wallSeconds, cpuSeconds: wallSeconds, memoryMebibytes: 128, diskMebibytes: 16, processes: 16))
    return Purchase.Order(
      offer: offer, job: job, inputs: [], budget: nil, deliverWithinSeconds: deliverWithinSeconds,
      reviewWithinSeconds: 30)
  }

  /// A signed transfer from the buyer to the provider.
  func transfer(_ amount: UInt64) async throws -> Envelope {
    let transfer = Transfer(to: Address(provider.publicKey), amount: Amount(nano: amount), memo: "")
    return Envelope(
      signing: try await client.prepare([transfer], from: Address(buyer.publicKey)), with: buyer)
  }

  /// A signed transfer that is like no other, made without asking the node.
  static func transfer(
    _ amount: UInt64, from key: PrivateKey, to other: PrivateKey, on chain: String = chain
  ) throws -> Envelope {
    let now = Timestamp(milliseconds: UInt64(Date().timeIntervalSince1970 * 1000))
    let body = TransactionBody(
      chain: chain, sender: Address(key.publicKey), fee: Amount(nano: 1_000_000),
      validFrom: Timestamp(milliseconds: now.milliseconds - 1000), validUntil: now.adding(seconds: 60),
      nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(Transfer(to: Address(other.publicKey), amount: Amount(nano: amount), memo: ""))])
    return Envelope(signing: body, with: key)
  }

  /// What became of a committed transaction, once the history answers for it.
  func outcome(of id: Digest) async throws -> Outcome {
    var outcome: Outcome?
    try await until("transaction \(id) is found") {
      outcome = try? await client.transaction(id)?.outcome
      return outcome != nil
    }
    return try #require(outcome)
  }

  /// What the provider has free to spend.
  func received() async throws -> UInt64 {
    try await client.ask(AccountOf(owner: Address(provider.publicKey))).available.nano - Self.funds
  }
}

extension Array {
  fileprivate func asyncMap<Value>(_ transform: (Element) async throws -> Value) async throws -> [Value] {
    var values: [Value] = []
    for element in self { values.append(try await transform(element)) }
    return values
  }
}

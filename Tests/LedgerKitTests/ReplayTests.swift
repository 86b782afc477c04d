import Cryptography
import Encoding
import LedgerTesting
import Money
import Testing

@testable import LedgerKit

/// Every transaction takes effect once at the most, and only its sender can use it up.
@Suite("Replay protection")
struct ReplayTests {
  private static let transfer = Transfer(to: TestAccount.bob.address, amount: .tokens(1))

  @Test("lasts until the last moment of the window")
  func window() throws {
    var network = TestNetwork()
    let draft = network.draft(Self.transfer, from: .alice)
    try network.submit(draft)
    network.advance(seconds: 60)
    #expect(Refusal<TestNetwork>("") { try $0.submit(draft) }.outcome(in: network) == "ledger.duplicate")
    network.advance(seconds: 1)
    #expect(Refusal<TestNetwork>("") { try $0.submit(draft) }.outcome(in: network) == "ledger.expired")
  }

  @Test("counts a transaction that ran and was rejected")
  func rejected() throws {
    var network = TestNetwork()
    let draft = network.draft(Self.transfer, from: .pauper)
    #expect(throws: Rejection.self) { try network.submit(draft) }
    try network.apply(Transfer(to: TestAccount.pauper.address, amount: .tokens(1)), from: .alice)
    #expect(Refusal<TestNetwork>("") { try $0.submit(draft) }.outcome(in: network) == "ledger.duplicate")
  }

  @Test("lets a transaction that came too early come again")
  func early() throws {
    var network = TestNetwork()
    var draft = network.draft(Self.transfer, from: .alice)
    draft.validFrom = draft.validFrom.adding(seconds: 5)
    #expect(throws: Rejection.self) { try network.submit(draft) }
    network.advance(seconds: 5)
    try network.submit(draft)
    #expect(network.account(.bob).available == .tokens(101))
  }

  @Test("cannot be turned against a sender by a stranger who signs the same body first")
  func stranger() throws {
    var network = TestNetwork()
    let draft = network.draft(Self.transfer, from: .alice)
    var stolen = draft
    stolen.signers = [TestAccount.carol.key]
    #expect(throws: Rejection.self) { try network.submit(stolen) }
    try network.submit(draft)
    #expect(network.account(.bob).available == .tokens(101))
  }

  @Test("is the same for a node that executed a block and one that remembers its results")
  func remembered() throws {
    var network = TestNetwork()
    var early = network.draft(Self.transfer, from: .alice)
    early.validFrom = early.validFrom.adding(seconds: 1)
    var stolen = network.draft(Self.transfer, from: .alice)
    stolen.signers = [TestAccount.carol.key]
    let drafts = [
      early, stolen, network.draft(Self.transfer, from: .alice), network.draft(Self.transfer, from: .pauper)
    ]
    let transactions = try drafts.map { try VerifiedEnvelope($0.encoded, for: network.ledger) }

    var state = network.state
    var executed = RecentTransactions()
    let results = network.ledger.execute(transactions, on: &state, at: network.moment, recent: &executed)
    var remembered = RecentTransactions()
    try network.ledger.remember(
      drafts.map(\.encoded), results, executedAt: network.moment.time, in: &remembered)
    for recent in [executed, remembered] {
      #expect(transactions.map { recent.contains($0) } == [false, false, true, true])
    }
  }

  @Test("takes memory for a transaction as long as its own window is open, whatever the longest one is")
  func forgotten() throws {
    var network = TestNetwork()
    let transactions = try ([1, 31, 60, 61] as [UInt64]).map { seconds in
      var draft = network.draft(Self.transfer, from: .alice)
      draft.validUntil = draft.validFrom.adding(seconds: seconds)
      return try VerifiedEnvelope(draft.encoded, for: network.ledger)
    }
    var state = network.state
    var recent = RecentTransactions()
    _ = network.ledger.execute(transactions, on: &state, at: network.moment, recent: &recent)
    let expected: [(seconds: UInt64, count: Int)] = [
      (0, 4), (1, 4), (2, 3), (31, 3), (32, 2), (60, 2), (61, 1), (62, 0)
    ]
    for (seconds, count) in expected {
      recent.advance(to: network.moment.time.adding(seconds: seconds))
      #expect(recent.count == count, "after \(seconds) seconds")
    }
    #expect(!transactions.contains { recent.contains($0) })
  }
}

extension RecentTransactions {
  fileprivate func contains(_ transaction: VerifiedEnvelope) -> Bool {
    contains(transaction.id, validUntil: transaction.body.validUntil)
  }
}

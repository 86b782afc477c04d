import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("Transfer")
struct TransferTests {
  @Test("moves money, and says so")
  func moves() throws {
    var network = TestNetwork()
    let receipt = try network.apply(
      Transfer(to: TestAccount.bob.address, amount: .tokens(30), memo: "rent"), from: .alice)
    #expect(network.account(.alice).available == .tokens(70))
    #expect(network.account(.bob).available == .tokens(130))
    let event = Transferred(
      from: TestAccount.alice.address, to: TestAccount.bob.address, amount: .tokens(30), memo: "rent")
    #expect(receipt.events == [EventEntry(event)])
    #expect(network.violations.isEmpty)
  }

  @Test("may take the last unit")
  func everything() throws {
    var network = TestNetwork()
    try network.apply(Transfer(to: TestAccount.pauper.address, amount: TestNetwork.balance), from: .alice)
    #expect(network.account(.alice).available == .zero)
    #expect(network.account(.pauper).available == TestNetwork.balance)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("money.zeroAmount") {
        try $0.apply(Transfer(to: TestAccount.pauper.address, amount: .zero), from: .pauper)
      },
      Refusal("money.selfTransfer") {
        try $0.apply(Transfer(to: TestAccount.pauper.address, amount: .tokens(1)), from: .pauper)
      },
      Refusal("money.insufficientFunds") {
        try $0.apply(Transfer(to: TestAccount.bob.address, amount: .tokens(1)), from: .pauper)
      },
      Refusal("money.insufficientFunds") {
        let more = try TestNetwork.balance.adding(Amount(nano: 1))
        try $0.apply(Transfer(to: TestAccount.bob.address, amount: more), from: .alice)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("PlaceHold")
struct PlaceHoldTests {
  private static let latest = MoneyParameters.free.maximumHoldSeconds

  private static func place(
    _ amount: Amount = .tokens(30), for payee: TestAccount = .bob, seconds: UInt64, from sender: TestAccount = .alice,
    in network: inout TestNetwork
  ) throws -> Receipt {
    let expires = network.moment.time.adding(seconds: seconds)
    return try network.apply(PlaceHold(payee: payee.address, amount: amount, expires: expires), from: sender)
  }

  @Test("moves money from available to held", arguments: [1, latest])
  func places(seconds: UInt64) throws {
    var network = TestNetwork()
    let receipt = try Self.place(seconds: seconds, in: &network)
    #expect(network.account(.alice).available == .tokens(70))
    #expect(network.account(.alice).held == .tokens(30))
    let hold = try network.answer(HoldOf(hold: receipt.created))
    #expect(hold.amount == .tokens(30))
    #expect(hold.expires == network.moment.time.adding(seconds: seconds))
    let event = HoldPlaced(
      hold: receipt.created, owner: TestAccount.alice.address, payee: TestAccount.bob.address, amount: .tokens(30),
      purpose: .payment)
    #expect(receipt.events == [EventEntry(event)])
    #expect(network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("money.selfTransfer") {
        _ = try place(.zero, for: .pauper, seconds: 0, from: .pauper, in: &$0)
      },
      Refusal("money.invalidExpiry") { _ = try place(.zero, seconds: 0, from: .pauper, in: &$0) },
      Refusal("money.invalidExpiry") { _ = try place(.zero, seconds: latest + 1, from: .pauper, in: &$0) },
      Refusal("money.zeroAmount") { _ = try place(.zero, seconds: 1, from: .pauper, in: &$0) },
      Refusal("money.insufficientFunds") { _ = try place(seconds: 1, from: .pauper, in: &$0) }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

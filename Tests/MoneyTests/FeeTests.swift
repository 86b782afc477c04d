import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("Fees")
struct FeeTests {
  private static let prices = MoneyParameters(feeBase: Amount(nano: 10_000), feePerByte: Amount(nano: 10))

  /// Alice's transfer, offering what `change` makes of the least fee.
  private static func transfer(
    in network: inout TestNetwork, from sender: TestAccount = .alice, changingFee change: (UInt64) -> UInt64 = { $0 }
  ) throws -> (receipt: Receipt, fee: Amount) {
    var draft = network.draft(Transfer(to: TestAccount.bob.address, amount: .tokens(1)), from: sender)
    draft.fee = Self.prices.feeBase
    let minimum = try Money.minimumFee(size: draft.encoded.count, in: network.state)
    draft.fee = Amount(nano: change(minimum.nano))
    return (try network.submit(draft), draft.fee)
  }

  @Test("go to the fee account, base and size together")
  func charged() throws {
    var network = TestNetwork(money: Self.prices)
    let (receipt, fee) = try Self.transfer(in: &network)
    let left = try #require(TestNetwork.balance.subtracting(try Amount.tokens(1).adding(fee)))
    #expect(network.account(.alice).available == left)
    #expect(Money.account(Money.feeAccount, in: network.state).available == fee)
    #expect(receipt.events.first == EventEntry(FeeCharged(payer: TestAccount.alice.address, amount: fee)))
    #expect(network.violations.isEmpty)
  }

  @Test(
    "are asked for",
    arguments: [
      Refusal<TestNetwork>("money.feeTooLow") { _ = try transfer(in: &$0) { $0 - 1 } },
      Refusal("money.insufficientFunds") { _ = try transfer(in: &$0, from: .pauper) },
      Refusal("money.insufficientFunds") { _ = try transfer(in: &$0) { _ in TestNetwork.balance.nano } },
      Refusal("ledger.overflow") {
        $0 = TestNetwork(money: MoneyParameters(feePerByte: Amount(nano: .max)))
        try $0.apply(Transfer(to: TestAccount.bob.address, amount: .tokens(1)), from: .alice)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork(money: Self.prices)) == row.reason) }
}

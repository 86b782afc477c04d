import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("Mint")
struct MintTests {
  private static let limit = MoneyParameters.free.mintLimit

  @Test("creates money, and the supply grows by it")
  func creates() throws {
    var network = TestNetwork()
    let receipt = try network.apply(Mint(amount: Self.limit), from: .pauper)
    #expect(network.account(.pauper).available == Self.limit)
    #expect(try network.answer(SupplyOf()).total == .tokens(1300))
    #expect(receipt.events == [EventEntry(Minted(account: TestAccount.pauper.address, amount: Self.limit))])
    #expect(network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("money.zeroAmount") { try $0.apply(Mint(amount: .zero), from: .alice) },
      Refusal("money.mintLimit") { try $0.apply(Mint(amount: .tokens(1001)), from: .alice) },
      Refusal("ledger.overflow") {
        $0 = TestNetwork(money: MoneyParameters(mintLimit: Amount(nano: .max)))
        try $0.apply(Mint(amount: Amount(nano: .max)), from: .alice)
      },
      Refusal("ledger.forbiddenByPolicy") {
        $0 = TestNetwork(policy: .managed)
        try $0.apply(Mint(amount: .zero), from: .alice)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

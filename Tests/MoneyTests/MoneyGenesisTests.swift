import LedgerKit
import LedgerTesting
import StateTree
import Testing

@testable import Money

@Suite("The genesis of money")
struct MoneyGenesisTests {
  @Test("gives each account its balance, and the supply their sum")
  func balances() throws {
    let network = TestNetwork()
    #expect(network.account(.alice) == Account(available: .tokens(100), held: .zero, bonded: .zero, key: nil))
    #expect(try network.answer(SupplyOf()).total == .tokens(300))
    #expect(try network.answer(AccountOf(owner: TestAccount.bob.address)) == network.account(.bob))
    #expect(network.violations.isEmpty)
  }

  private static func begin(_ balances: (TestAccount, Amount)...) throws {
    var state = State(MemoryBacking())
    let accounts = balances.map { GenesisAccount(address: $0.0.address, balance: $0.1) }
    try Money.begin(MoneyGenesis(accounts: accounts), in: &state)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("money.duplicateAccount") { _ in try begin((.alice, .zero), (.alice, .tokens(1))) },
      Refusal("ledger.overflow") { _ in try begin((.alice, Amount(nano: .max)), (.bob, Amount(nano: 1))) },
      Refusal("money.unknownAccount") { _ = try $0.answer(AccountOf(owner: TestAccount.pauper.address)) }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

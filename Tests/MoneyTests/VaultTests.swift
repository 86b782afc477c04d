import Cryptography
import LedgerKit
import LedgerTesting
import StateTree
import Testing

@testable import Money

@Suite("Vaults")
struct VaultTests {
  private static let vault = Address(module: "test/vault")
  private static let other = Address(module: "test/other")

  @Test("hold what was put into them, and go when they are empty")
  func moves() throws {
    let network = TestNetwork()
    var state = network.state
    try Money.deposit(.tokens(10), from: TestAccount.alice.address, into: Self.vault, in: &state)
    Money.move(.tokens(4), from: Self.vault, to: Self.other, in: &state)
    #expect(Money.content(of: Self.vault, in: state) == .tokens(6))
    Money.withdraw(.tokens(6), from: Self.vault, to: TestAccount.bob.address, in: &state)
    #expect(Money.account(TestAccount.alice.address, in: state).available == .tokens(90))
    #expect(Money.account(TestAccount.bob.address, in: state).available == .tokens(106))
    #expect(state[Money.vaults, Self.vault] == nil && state[Money.vaults, Self.other] == .tokens(4))
    #expect(network.ledger.violations(in: state).isEmpty)
  }

  @Test("burn money, and the supply shrinks by it")
  func burns() throws {
    let network = TestNetwork()
    var state = network.state
    try Money.deposit(.tokens(10), from: TestAccount.alice.address, into: Self.vault, in: &state)
    Money.burn(.tokens(3), from: Self.vault, in: &state)
    #expect(Money.total(in: state) == .tokens(297))
    #expect(Money.content(of: Self.vault, in: state) == .tokens(7))
    #expect(network.ledger.violations(in: state).isEmpty)
  }

  @Test("are out of reach of transfers")
  func transfers() throws {
    var network = TestNetwork()
    try network.apply(Transfer(to: Self.vault, amount: .tokens(1)), from: .alice)
    #expect(Money.content(of: Self.vault, in: network.state) == .zero)
    #expect(network.violations.isEmpty)
  }

  @Test(
    "are refused",
    arguments: [
      Refusal<TestNetwork>("money.insufficientFunds") {
        var state = $0.state
        try Money.deposit(.tokens(101), from: TestAccount.alice.address, into: vault, in: &state)
      },
      Refusal("ledger.overflow") {
        var state = $0.state
        try Money.mint(Amount(nano: .max), to: TestAccount.alice.address, in: &state)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

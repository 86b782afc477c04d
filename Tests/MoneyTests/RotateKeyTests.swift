import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("RotateKey")
struct RotateKeyTests {
  private static let next = TestAccount("alice's next key").key
  private static let rotation = RotateKey(of: TestAccount.alice.address, on: TestNetwork.chain, to: next)

  @Test("changes the key and keeps the address")
  func rotates() throws {
    var network = TestNetwork()
    let receipt = try network.apply(Self.rotation, from: .alice)
    #expect(receipt.events == [EventEntry(KeyRotated(account: TestAccount.alice.address, key: Self.next.publicKey))])
    #expect(network.account(.alice).available == TestNetwork.balance)
    var draft = network.draft(Transfer(to: TestAccount.bob.address, amount: .tokens(1)), from: .alice)
    draft.signers = [Self.next]
    try network.submit(draft)
    #expect(network.account(.alice).available == .tokens(99))
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<TestNetwork>("money.proofOfKeyFails") { try $0.apply(rotation, from: .bob) },
      Refusal("money.proofOfKeyFails") {
        let elsewhere = RotateKey(of: TestAccount.alice.address, on: "other-chain", to: next)
        try $0.apply(elsewhere, from: .alice)
      },
      Refusal("money.notAuthorized") {
        try $0.apply(rotation, from: .alice)
        try $0.apply(Transfer(to: TestAccount.bob.address, amount: .tokens(1)), from: .alice)
      }
    ]) func refused(row: Refusal<TestNetwork>)
  { #expect(row.outcome(in: TestNetwork()) == row.reason) }
}

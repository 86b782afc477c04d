import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("PostHold")
struct PostHoldTests {
  @Test("pays part of a hold, and the rest stays pending")
  func part() throws {
    var scene = try HoldScene()
    let receipt = try scene.network.apply(PostHold(hold: scene.hold, amount: .tokens(10)), from: .bob)
    #expect(scene.network.account(.alice).held == .tokens(20))
    #expect(scene.network.account(.alice).available == .tokens(70))
    #expect(scene.network.account(.bob).available == .tokens(110))
    let event = HoldPosted(
      hold: scene.hold, owner: TestAccount.alice.address, payee: TestAccount.bob.address, amount: .tokens(10))
    #expect(receipt.events == [EventEntry(event)])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("ends a hold of which nothing is left")
  func whole() throws {
    var scene = try HoldScene()
    try scene.network.apply(PostHold(hold: scene.hold, amount: .tokens(30)), from: .bob)
    #expect(scene.network.account(.alice).held == .zero)
    #expect(throws: Rejection.self) { try scene.network.answer(HoldOf(hold: scene.hold)) }
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<HoldScene>("money.unknownHold") {
        try $0.network.apply(PostHold(hold: HoldScene.unknown, amount: .zero), from: .carol)
      },
      Refusal("money.zeroAmount") {
        $0.expire()
        try $0.network.apply(PostHold(hold: $0.hold, amount: .zero), from: .carol)
      },
      Refusal("money.notTheHoldParty") {
        $0.expire()
        try $0.network.apply(PostHold(hold: $0.hold, amount: .tokens(31)), from: .alice)
      },
      Refusal("money.holdExpired") {
        $0.expire()
        try $0.network.apply(PostHold(hold: $0.hold, amount: .tokens(31)), from: .bob)
      },
      Refusal("money.insufficientFunds") {
        try $0.network.apply(PostHold(hold: $0.hold, amount: .tokens(31)), from: .bob)
      }
    ]) func refused(row: Refusal<HoldScene>) throws
  { #expect(row.outcome(in: try HoldScene()) == row.reason) }
}

import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("VoidHold")
struct VoidHoldTests {
  @Test("returns what is left to the owner, even when the hold has expired", arguments: [false, true])
  func returns(isExpired: Bool) throws {
    var scene = try HoldScene()
    try scene.network.apply(PostHold(hold: scene.hold, amount: .tokens(10)), from: .bob)
    if isExpired { scene.expire() }
    let receipt = try scene.network.apply(VoidHold(hold: scene.hold), from: .bob)
    #expect(scene.network.account(.alice).available == .tokens(90))
    #expect(scene.network.account(.alice).held == .zero)
    let event = HoldReleased(hold: scene.hold, owner: TestAccount.alice.address, amount: .tokens(20))
    #expect(receipt.events == [EventEntry(event)])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<HoldScene>("money.unknownHold") {
        try $0.network.apply(VoidHold(hold: HoldScene.unknown), from: .carol)
      },
      Refusal("money.notTheHoldParty") { try $0.network.apply(VoidHold(hold: $0.hold), from: .alice) }
    ]) func refused(row: Refusal<HoldScene>) throws
  { #expect(row.outcome(in: try HoldScene()) == row.reason) }
}

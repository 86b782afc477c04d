import Cryptography
import LedgerKit
import LedgerTesting
import Testing

@testable import Money

@Suite("ExpireHold")
struct ExpireHoldTests {
  @Test("returns an expired hold to its owner, whoever asks")
  func returns() throws {
    var scene = try HoldScene()
    scene.expire()
    let receipt = try scene.network.apply(ExpireHold(hold: scene.hold), from: .carol)
    #expect(scene.network.account(.alice).available == .tokens(100))
    #expect(scene.network.account(.alice).held == .zero)
    let event = HoldReleased(hold: scene.hold, owner: TestAccount.alice.address, amount: .tokens(30))
    #expect(receipt.events == [EventEntry(event)])
    #expect(scene.network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      Refusal<HoldScene>("money.unknownHold") {
        try $0.network.apply(ExpireHold(hold: HoldScene.unknown), from: .carol)
      },
      Refusal("money.holdNotExpired") {
        $0.network.advance(seconds: 59)
        try $0.network.apply(ExpireHold(hold: $0.hold), from: .alice)
      }
    ]) func refused(row: Refusal<HoldScene>) throws
  { #expect(row.outcome(in: try HoldScene()) == row.reason) }
}

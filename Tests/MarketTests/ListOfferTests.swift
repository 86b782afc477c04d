import Cryptography
import LedgerKit
import LedgerTesting
import Money
import Testing

@testable import Market

@Suite("ListOffer")
struct ListOfferTests {
  @Test("locks the bond and stands in the market")
  func lists() throws {
    let scene = try MarketScene()
    let account = scene.network.account(.bob)
    #expect(account.bonded == MarketScene.bond)
    #expect(account.available == TestNetwork.balance.remaining(after: MarketScene.bond))
    let offer = try scene.network.answer(OfferOf(offer: scene.offer))
    #expect(offer.provider == TestAccount.bob.address && offer.running == 0 && !offer.isClosed)
    #expect(try scene.network.answer(OffersOf()).offers.map(\.bond) == [MarketScene.bond])
    #expect(scene.network.violations.isEmpty)
  }

  @Test("says what it locked")
  func event() throws {
    var network = TestNetwork()
    let receipt = try network.apply(ListOffer.sound(), from: .bob)
    let listed = OfferListed(
      offer: receipt.created, provider: TestAccount.bob.address, pricePerSecond: MarketScene.price,
      bond: MarketScene.bond)
    #expect(receipt.events.last == EventEntry(listed))
    #expect(receipt.events.count == 2)
  }

  @Test("needs no bond where the network asks for none")
  func withoutBond() throws {
    let standard = MarketParameters.standard
    let parameters = MarketParameters(
      minimumBond: .zero, missedDeadlinePenaltyBasisPoints: 10_000, acceptWithinSeconds: standard.acceptWithinSeconds,
      maximumTermSeconds: standard.maximumTermSeconds)
    var network = TestNetwork(market: parameters)
    let receipt = try network.apply(ListOffer.sound(bond: .zero), from: .pauper)
    try network.apply(CloseOffer(offer: receipt.created), from: .pauper)
    #expect(network.violations.isEmpty)
  }

  private static let little = Amount(nano: MarketScene.bond.nano - 1)

  @Test(
    "is refused",
    arguments: [
      ("market.invalidTerms", ListOffer.sound(title: "", processors: 0, capacity: 0, bond: little)),
      ("market.invalidTerms", .sound(title: String(repeating: "é", count: 41))),
      ("market.invalidTerms", .sound(capacity: 0, bond: little)),
      ("market.invalidTerms", .sound(capacity: 1001)),
      ("market.invalidTerms", .sound(processors: 0, bond: little)),
      ("market.invalidTerms", .sound(memory: 0, bond: little)),
      ("market.bondTooLow", .sound(bond: little)),
      ("money.insufficientFunds", .sound(bond: MarketScene.bond))
    ]) func refused(reason: String, offer: ListOffer)
  {
    let row = Refusal<TestNetwork>(reason) { try $0.apply(offer, from: .pauper) }
    #expect(row.outcome(in: TestNetwork()) == reason)
  }
}

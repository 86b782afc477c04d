import Cryptography
import LedgerKit
import LedgerTesting
import Market

/// Bob offers one place at 0.01 CPTM a second behind the least bond, and Alice's order of up to a minute goes its way.
struct MarketScene: Sendable {
  static let price = Amount(nano: 10_000_000)
  static let budget = Amount(nano: 600_000_000)
  static let bond = MarketParameters.standard.minimumBond
  static let acceptWithin = MarketParameters.standard.acceptWithinSeconds
  static let deliverWithin: UInt64 = 60
  static let reviewWithin: UInt64 = 120
  static let unknown = Identifier(of: [1])
  static let job = Digest(of: [2])
  static let result = Digest(of: [3])

  var network = TestNetwork()
  let offer: Identifier
  private(set) var deal = unknown

  /// Only the offer stands.
  init(capacity: UInt32 = 1) throws {
    offer = try network.apply(ListOffer.sound(capacity: capacity), from: .bob).created
  }

  /// Alice's order waits for Bob.
  static func funded() throws -> MarketScene {
    var scene = try MarketScene()
    scene.deal = try scene.order()
    return scene
  }

  /// Bob works.
  static func active() throws -> MarketScene {
    var scene = try funded()
    try scene.network.apply(AcceptOrder(deal: scene.deal), from: .bob)
    return scene
  }

  /// Bob used 30 seconds, and his result waits for Alice.
  static func submitted() throws -> MarketScene {
    var scene = try active()
    scene.network.advance(seconds: 40)
    try scene.network.apply(
      SubmitResult(deal: scene.deal, result: result, usageMilliseconds: 30_000), from: .bob)
    return scene
  }

  /// Places another order.
  mutating func order(from buyer: TestAccount = .alice) throws -> Identifier {
    try network.apply(PlaceOrder.sound(for: offer), from: buyer).created
  }

  func found(_ id: Identifier? = nil) throws -> Deal { try network.answer(DealOf(deal: id ?? deal)) }
}

extension ListOffer {
  /// An offer without fault, but for what is given.
  static func sound(
    title: String = "a machine", processors: UInt32 = 1, memory: UInt32 = 256, capacity: UInt32 = 1,
    bond: Amount = MarketScene.bond
  ) -> ListOffer {
    let resources = Resources(processors: processors, memoryMebibytes: memory, diskMebibytes: 0)
    return ListOffer(
      title: title, resources: resources, pricePerSecond: MarketScene.price, capacity: capacity, bond: bond)
  }
}

extension PlaceOrder {
  /// An order without fault, but for what is given.
  static func sound(
    for offer: Identifier, budget: Amount = MarketScene.budget, deliverWithin: UInt64 = MarketScene.deliverWithin,
    reviewWithin: UInt64 = MarketScene.reviewWithin
  ) -> PlaceOrder {
    PlaceOrder(
      offer: offer, job: MarketScene.job, budget: budget, deliverWithinSeconds: deliverWithin,
      reviewWithinSeconds: reviewWithin)
  }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Accepts an order as its provider: the time to deliver begins.
public struct AcceptOrder: Transaction {
  public static let code: UInt32 = 305
  public static let schema = Schema(
    "AcceptOrder", "Accept an order as its provider: the time to deliver begins.", AcceptOrder.init,
    Field(1, "deal", \.deal, "Id of the deal."))

  public let deal: Identifier

  public init(deal: Identifier) {
    self.deal = deal
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var accepted = try Market.deal(deal, standing: .funded, in: state)
    guard accepted.provider == context.sender else {
      throw Market.reject(.notTheProvider, "the order is for \(accepted.provider)")
    }
    guard context.moment.time < accepted.due else {
      throw Market.reject(.deadlinePassed, "the order could be accepted until \(accepted.due.milliseconds)")
    }
    try Market.startJob(of: accepted.offer, in: &state)
    accepted.state = .active
    accepted.accepted = context.moment.time
    accepted.acceptance = context.transaction
    accepted.due = context.moment.time.adding(seconds: accepted.deliverWithinSeconds)
    Market.save(accepted, as: deal, in: &state)
    state.emit(OrderAccepted(deal: deal, buyer: accepted.buyer, provider: accepted.provider, due: accepted.due))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> AcceptOrder {
    AcceptOrder(deal: Market.someDeal(&random, in: state) { $0.state == .funded && $0.provider == sender })
  }
}

/// The provider accepted an order and works.
public struct OrderAccepted: Event {
  public static let code: UInt32 = 355
  public static let schema = Schema(
    "OrderAccepted", "The provider accepted an order and works.", OrderAccepted.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."),
    Field(4, "due", \.due, "When the result is due, in milliseconds since the Unix epoch."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address
  public let due: Timestamp

  public var accounts: [Address] { [buyer, provider] }
}

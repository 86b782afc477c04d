public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Declines an order as its provider; the budget returns.
public struct DeclineOrder: Transaction {
  public static let code: UInt32 = 306
  public static let schema = Schema(
    "DeclineOrder", "Decline an order as its provider; the budget returns.", DeclineOrder.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "reason", \.reason, "Why, for the buyer."))

  public let deal: Identifier
  public let reason: String

  public init(deal: Identifier, reason: String) {
    self.deal = deal
    self.reason = reason
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let funded = try Market.deal(deal, standing: .funded, in: state)
    guard funded.provider == context.sender else {
      throw Market.reject(.notTheProvider, "the order is for \(funded.provider)")
    }
    _ = try Market.settle(funded, as: deal, ending: .declined, in: &state)
    state.emit(OrderDeclined(deal: deal, buyer: funded.buyer, provider: funded.provider, reason: reason))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> DeclineOrder {
    DeclineOrder(deal: Market.someDeal(&random, in: state) { $0.state == .funded && $0.provider == sender }, reason: "")
  }
}

/// The provider declined an order.
public struct OrderDeclined: Event {
  public static let code: UInt32 = 356
  public static let schema = Schema(
    "OrderDeclined", "The provider declined an order.", OrderDeclined.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."),
    Field(4, "reason", \.reason, "Why, for the buyer."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address
  public let reason: String

  public var accounts: [Address] { [buyer, provider] }
}

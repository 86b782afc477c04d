public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Takes back an order that the provider has not accepted; the budget returns.
public struct CancelOrder: Transaction {
  public static let code: UInt32 = 304
  public static let schema = Schema(
    "CancelOrder", "Take back an order that the provider has not accepted; the budget returns.", CancelOrder.init,
    Field(1, "deal", \.deal, "Id of the deal."))

  public let deal: Identifier

  public init(deal: Identifier) {
    self.deal = deal
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let funded = try Market.deal(deal, standing: .funded, in: state)
    guard funded.buyer == context.sender else {
      throw Market.reject(.notTheBuyer, "the order is of \(funded.buyer)")
    }
    _ = try Market.settle(funded, as: deal, ending: .cancelled, in: &state)
    state.emit(OrderCancelled(deal: deal, buyer: funded.buyer, provider: funded.provider))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> CancelOrder {
    CancelOrder(deal: Market.someDeal(&random, in: state) { $0.state == .funded && $0.buyer == sender })
  }
}

/// The buyer took an order back.
public struct OrderCancelled: Event {
  public static let code: UInt32 = 354
  public static let schema = Schema(
    "OrderCancelled", "The buyer took an order back.", OrderCancelled.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address

  public var accounts: [Address] { [buyer, provider] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Accepts a result as the buyer: the use is paid, the rest of the budget returns.
public struct AcceptResult: Transaction {
  public static let code: UInt32 = 308
  public static let schema = Schema(
    "AcceptResult", "Accept a result as the buyer: the use is paid, the rest of the budget returns.", AcceptResult.init,
    Field(1, "deal", \.deal, "Id of the deal."))

  public let deal: Identifier

  public init(deal: Identifier) {
    self.deal = deal
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let submitted = try Market.deal(deal, standing: .submitted, in: state)
    guard submitted.buyer == context.sender else {
      throw Market.reject(.notTheBuyer, "the deal is with \(submitted.buyer)")
    }
    try Market.complete(submitted, as: deal, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> AcceptResult {
    AcceptResult(deal: Market.someDeal(&random, in: state) { $0.state == .submitted && $0.buyer == sender })
  }
}

/// The use was paid and the rest of the budget returned.
public struct DealCompleted: Event {
  public static let code: UInt32 = 358
  public static let schema = Schema(
    "DealCompleted", "The use was paid and the rest of the budget returned.", DealCompleted.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."),
    Field(4, "paid", \.paid, "What the provider was paid, in nano-CPTM."),
    Field(5, "refunded", \.refunded, "What returned to the buyer, in nano-CPTM."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address
  public let paid: Amount
  public let refunded: Amount

  public var accounts: [Address] { [buyer, provider] }
}

extension Market {
  /// Pays for the use and returns the rest.
  static func complete(_ deal: Deal, as id: Identifier, in state: inout State) throws(Rejection) {
    let completed = try settle(deal, as: id, ending: .completed, in: &state)
    state.emit(
      DealCompleted(
        deal: id, buyer: deal.buyer, provider: deal.provider, paid: completed.paid, refunded: completed.refunded))
  }
}

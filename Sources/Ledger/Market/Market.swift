internal import Cryptography
public import LedgerKit
public import StateTree

/// Offers, orders and deals: providers sell the time of their machines, buyers pay for verified results.
public enum Market: Module {
  public static let number: UInt8 = 3
  public static let name = "market"
  public static let transactions: [any Transaction.Type] = [
    ListOffer.self, CloseOffer.self, PlaceOrder.self, CancelOrder.self, AcceptOrder.self, DeclineOrder.self,
    SubmitResult.self, AcceptResult.self, ExpireDeal.self
  ]
  public static let queries: [any Query.Type] = [
    OfferOf.self, OffersOf.self, DealOf.self, LiveDealsOf.self, QuoteOf.self
  ]
  public static let events: [any Event.Type] = [
    OfferListed.self, OfferClosed.self, OrderPlaced.self, OrderCancelled.self, OrderAccepted.self, OrderDeclined.self,
    ResultSubmitted.self, DealCompleted.self, DealExpired.self
  ]
  public static let tables: [any TableDescription] = [offers, deals, liveDeals, parameters]
  public static let invariants = [dealHoldsInvariant, capacityInvariant]

  public enum Reason: UInt32, RejectionReason {
    public static let module = Market.name

    case unknownOffer = 1
    case offerClosed = 2
    case bondTooLow = 3
    case invalidTerms = 4
    case unknownDeal = 5
    case notTheProvider = 6
    case notTheBuyer = 7
    case wrongState = 8
    case deadlinePassed = 9
    case notYetDue = 10
    case capacityExhausted = 11
    case usageTooHigh = 12
    case budgetTooLow = 13
    case ownOffer = 14
  }

  static let offers = Table<Identifier, Offer>(number, 1, "market/offers")
  static let deals = Table<Identifier, Deal>(number, 2, "market/deals")
  /// Deals that can still change, under their offer.
  static let liveDeals = Table<Pair<Identifier, Identifier>, DealState>(number, 3, "market/liveDeals")
  static let parameters = Table<Only, MarketParameters>(number, 4, "market/parameters")
}

extension Market.Reason {
  public var doc: String {
    switch self {
    case .unknownOffer: "There is no such offer."
    case .offerClosed: "The offer takes no more orders."
    case .bondTooLow: "The bond is below the network's minimum."
    case .invalidTerms: "A term lies outside what the network takes."
    case .unknownDeal: "There is no such deal."
    case .notTheProvider: "Only the provider may do this."
    case .notTheBuyer: "Only the buyer may do this."
    case .wrongState: "The deal is not in a state that allows this."
    case .deadlinePassed: "The time for this has passed; the deal can only be expired."
    case .notYetDue: "The deal's time has not passed."
    case .capacityExhausted: "The offer runs as many jobs as it has capacity for."
    case .usageTooHigh: "More usage is claimed than time has passed since the order was accepted."
    case .budgetTooLow: "The budget does not pay for a second."
    case .ownOffer: "Buyer and provider are the same account."
    }
  }
}

public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// One offer.
public struct OfferOf: Query {
  public static let schema = Schema(
    "OfferOf", "One offer.", OfferOf.init, Field(1, "offer", \.offer, "Id of the offer."))

  public let offer: Identifier

  public init(offer: Identifier) { self.offer = offer }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Offer {
    try Market.offer(offer, in: state)
  }
  public var evidence: [[UInt8]] { [Market.offers.path(offer)] }
}

/// One deal.
public struct DealOf: Query {
  public static let schema = Schema(
    "DealOf", "One deal: its terms, where it stands, and what was paid.", DealOf.init,
    Field(1, "deal", \.deal, "Id of the deal."))

  public let deal: Identifier

  public init(deal: Identifier) { self.deal = deal }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Deal {
    try Market.deal(deal, in: state)
  }
  public var evidence: [[UInt8]] { [Market.deals.path(deal)] }
}

/// An offer with its id.
public struct OfferEntry: Record {
  public static let schema = Schema(
    "OfferEntry", "An offer with its id.", OfferEntry.init,
    Field(1, "id", \.id, "Id of the offer."),
    Field(2, "offer", \.offer, "The offer."),
    Field(3, "bond", \.bond, "What is left of its bond, in nano-CPTM."))

  public let id: Identifier
  public let offer: Offer
  public let bond: Amount
}

/// One page of offers.
public struct OfferPage: Record {
  public static let schema = Schema(
    "OfferPage", "One page of offers.", OfferPage.init,
    Field(1, "offers", \.offers, "Offers in the order of their ids."),
    Field(2, "next", \.next, "Where the next page begins; missing on the last one."))

  public let offers: [OfferEntry]
  public let next: Identifier?
}

/// Offers, page by page.
public struct OffersOf: Query {
  public static let schema = Schema(
    "OffersOf", "Offers, page by page.", OffersOf.init,
    Field(1, "from", \.from, "Where the page begins: the `next` of the page before."),
    Field(2, "limit", \.limit, "Offers at the most, up to 100; 0 stands for 20."))

  public let from: Identifier?
  public let limit: UInt32

  public init(from: Identifier? = nil, limit: UInt32 = 0) {
    self.from = from
    self.limit = limit
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> OfferPage {
    let count = Page.size(limit)
    let rows = state.rows(of: Market.offers, from: from, limit: count + 1)
    var entries: [OfferEntry] = []
    for (id, offer) in rows.prefix(count) {
      entries.append(OfferEntry(id: id, offer: offer, bond: Money.remaining(of: id, in: state)))
    }
    return OfferPage(offers: entries, next: rows.count > count ? rows.last?.key : nil)
  }
}

/// Where a live deal stands.
public struct LiveDeal: Record {
  public static let schema = Schema(
    "LiveDeal", "Where a live deal stands.", LiveDeal.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "state", \.state, "Where it stands."))

  public let deal: Identifier
  public let state: DealState
}

/// One page of live deals.
public struct LiveDealPage: Record {
  public static let schema = Schema(
    "LiveDealPage", "One page of live deals.", LiveDealPage.init,
    Field(1, "deals", \.deals, "Deals in the order of their ids."),
    Field(2, "next", \.next, "Where the next page begins; missing on the last one."))

  public let deals: [LiveDeal]
  public let next: Identifier?
}

/// Deals of an offer that can still change: what a provider looks through when it starts.
public struct LiveDealsOf: Query {
  public static let schema = Schema(
    "LiveDealsOf", "Deals of an offer that can still change, page by page.", LiveDealsOf.init,
    Field(1, "offer", \.offer, "Id of the offer."),
    Field(2, "from", \.from, "Where the page begins: the `next` of the page before."),
    Field(3, "limit", \.limit, "Deals at the most, up to 100; 0 stands for 20."))

  public let offer: Identifier
  public let from: Identifier?
  public let limit: UInt32

  public init(offer: Identifier, from: Identifier? = nil, limit: UInt32 = 0) {
    self.offer = offer
    self.from = from
    self.limit = limit
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> LiveDealPage {
    let count = Page.size(limit)
    let rows = state.rows(of: Market.liveDeals, under: offer, from: from, limit: count + 1)
    let deals = rows.prefix(count).map { LiveDeal(deal: $0.key.second, state: $0.row) }
    return LiveDealPage(deals: deals, next: rows.count > count ? rows.last?.key.second : nil)
  }
}

/// What an order would cost, and whether it would be taken now.
public struct Quote: Record {
  public static let schema = Schema(
    "Quote", "What an order would cost, and whether it would be taken now.", Quote.init,
    Field(1, "isAvailable", \.isAvailable, "Whether the offer would accept the order now."),
    Field(2, "refusal", \.refusal, "Why not, when it would not."),
    Field(3, "cost", \.cost, "Price of the time asked for, in nano-CPTM: the budget to set."),
    Field(4, "pricePerSecond", \.pricePerSecond, "Price of a second, in nano-CPTM; only used time is paid."),
    Field(5, "freeCapacity", \.freeCapacity, "Jobs that could start now."),
    Field(6, "bond", \.bond, "What answers for the provider, in nano-CPTM."),
    Field(7, "acceptWithinSeconds", \.acceptWithinSeconds, "Time that the provider has to accept, in seconds."))

  public let isAvailable: Bool
  public let refusal: String?
  public let cost: Amount
  public let pricePerSecond: Amount
  public let freeCapacity: UInt32
  public let bond: Amount
  public let acceptWithinSeconds: UInt64
}

/// Asks for a quote; nothing is bound by it.
public struct QuoteOf: Query {
  public static let schema = Schema(
    "QuoteOf",
    "What so many seconds of an offer cost, and whether it would take the order now; nothing is bound by it.",
    QuoteOf.init,
    Field(1, "offer", \.offer, "Id of the offer."),
    Field(2, "seconds", \.seconds, "Longest time that the job may use, in seconds."))

  public let offer: Identifier
  public let seconds: UInt64

  public init(offer: Identifier, seconds: UInt64) {
    self.offer = offer
    self.seconds = seconds
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Quote {
    let quoted = try Market.offer(offer, in: state)
    guard let cost = quoted.pricePerSecond.scaled(by: seconds, over: 1) else {
      throw LedgerReason.overflow.rejection("the price of \(seconds) seconds does not fit in 64 bits")
    }
    let refusal = refusal(of: quoted, in: state)
    return Quote(
      isAvailable: refusal == nil, refusal: refusal, cost: cost, pricePerSecond: quoted.pricePerSecond,
      freeCapacity: quoted.capacity - quoted.running, bond: Money.remaining(of: offer, in: state),
      acceptWithinSeconds: Market.parameters(in: state).acceptWithinSeconds)
  }

  private func refusal(of quoted: Offer, in state: borrowing State) -> String? {
    do { _ = try Market.openOffer(offer, in: state) } catch { return "\(error)" }
    guard quoted.running < quoted.capacity else { return "all \(quoted.capacity) places are taken" }
    return nil
  }
  public var evidence: [[UInt8]] {
    [Market.offers.path(offer), Money.evidence(ofHold: offer), Market.parameters.path(Only())]
  }
}

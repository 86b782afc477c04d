public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

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

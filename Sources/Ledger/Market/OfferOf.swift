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

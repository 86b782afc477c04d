public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Takes an offer off the market; its bond returns when its last job has ended.
public struct CloseOffer: Transaction {
  public static let code: UInt32 = 302
  public static let schema = Schema(
    "CloseOffer", "Take an offer off the market; its bond returns when its last job has ended.", CloseOffer.init,
    Field(1, "offer", \.offer, "Id of the offer."))

  public let offer: Identifier

  public init(offer: Identifier) { self.offer = offer }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var closed = try Market.offer(offer, in: state)
    guard closed.provider == context.sender else {
      throw Market.reject(.notTheProvider, "offer \(offer) is of \(closed.provider)")
    }
    guard !closed.isClosed else { throw Market.reject(.offerClosed, "offer \(offer) is closed already") }
    closed.isClosed = true
    state[Market.offers, offer] = closed
    state.emit(OfferClosed(offer: offer, provider: context.sender))
    try Market.releaseBondIfDone(offer, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> CloseOffer { CloseOffer(offer: Market.someOffer(&random, in: state)) }
}

/// An offer takes no more orders.
public struct OfferClosed: Event {
  public static let code: UInt32 = 352
  public static let schema = Schema(
    "OfferClosed", "An offer takes no more orders.", OfferClosed.init,
    Field(1, "offer", \.offer, "Id of the offer."),
    Field(2, "provider", \.provider, "Account that offered."))

  public let offer: Identifier
  public let provider: Address

  public var accounts: [Address] { [provider] }
}

extension Market {
  /// An offer that a random look finds, and a made-up id otherwise.
  static func someOffer(_ random: inout Random, in state: borrowing State) -> Identifier {
    random.pick(state.rows(of: offers, from: .sample(&random), limit: 4))?.key ?? .sample(&random)
  }

  /// A live deal that is wanted and that a random look finds, or else any, or else a made-up id.
  static func someDeal(
    _ random: inout Random, in state: borrowing State, where isWanted: (Deal) -> Bool
  ) -> Identifier {
    let live = state.rows(of: liveDeals, limit: 64).map(\.key.second)
    var found: [Identifier] = []
    for id in live { if let deal = state[deals, id], isWanted(deal) { found.append(id) } }
    return random.pick(found) ?? random.pick(live) ?? .sample(&random)
  }
}

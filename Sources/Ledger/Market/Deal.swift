public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
internal import StateTree

/// Where a deal stands.
public enum DealState: UInt32, Enumeration {
  /// The budget is held; the provider has not answered.
  case funded = 2
  /// The provider accepted and works.
  case active = 3
  /// The result is there; the buyer has time to look at it.
  case submitted = 4
  /// The used part was paid, the rest returned.
  case completed = 5
  /// The provider declined; everything returned.
  case declined = 6
  /// Somebody's time passed; everything returned.
  case expired = 7
  /// The buyer took the order back; everything returned.
  case cancelled = 8

  public static let name = "DealState"
  public static let doc = "Where a deal stands."

  /// Whether nothing can change any more.
  public var isFinal: Bool {
    switch self {
    case .funded, .active, .submitted: false
    case .completed, .declined, .expired, .cancelled: true
    }
  }
}

/// One order and all that became of it; its budget is the hold of the same id.
public struct Deal: Record {
  public static let schema = Schema(
    "Deal", "One order and all that became of it; its budget is the hold of the same id.", Deal.init,
    Field(1, "offer", \.offer, "Offer that the order is bound to."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works and is paid."),
    Field(4, "state", \.state, "Where the deal stands."),
    Field(5, "job", \.job, "SHA-256 of the job's canonical bytes."),
    Field(6, "budget", \.budget, "Most that the buyer pays, in nano-CPTM."),
    Field(7, "pricePerSecond", \.pricePerSecond, "Price of a second of use, in nano-CPTM."),
    Field(8, "deliverWithinSeconds", \.deliverWithinSeconds, "Time from acceptance to the result, in seconds."),
    Field(
      9, "reviewWithinSeconds", \.reviewWithinSeconds, "Time from the result until it counts as accepted, in seconds."),
    Field(10, "order", \.order, "Id of the transaction that placed the order."),
    Field(
      11, "due", \.due, "When the present state ends, in milliseconds since the Unix epoch; zero when it is final."),
    Field(12, "accepted", \.accepted, "When the provider accepted, in milliseconds since the Unix epoch."),
    Field(13, "acceptance", \.acceptance, "Id of the transaction that accepted the order."),
    Field(14, "result", \.result, "SHA-256 of the result's canonical bytes."),
    Field(15, "submission", \.submission, "Id of the transaction that submitted the result."),
    Field(16, "usageMilliseconds", \.usageMilliseconds, "Metered use, in milliseconds."),
    Field(17, "paid", \.paid, "What the provider was paid, in nano-CPTM."),
    Field(18, "refunded", \.refunded, "What of the budget returned to the buyer, in nano-CPTM."),
    Field(19, "penalty", \.penalty, "What the buyer received of the provider's bond, in nano-CPTM."))

  public let offer: Identifier
  public let buyer: Address
  public let provider: Address
  public internal(set) var state: DealState
  public let job: Digest
  public let budget: Amount
  public let pricePerSecond: Amount
  public let deliverWithinSeconds: UInt64
  public let reviewWithinSeconds: UInt64
  public let order: Digest
  public internal(set) var due: Timestamp
  public internal(set) var accepted: Timestamp
  public internal(set) var acceptance: Digest?
  public internal(set) var result: Digest?
  public internal(set) var submission: Digest?
  public internal(set) var usageMilliseconds: UInt64
  public internal(set) var paid: Amount
  public internal(set) var refunded: Amount
  public internal(set) var penalty: Amount
}

extension Deal {
  /// A deal as `order` places it with `offer`.
  init(_ order: PlaceOrder, with offer: Offer, due: Timestamp, in context: Context) {
    self.init(
      offer: order.offer, buyer: context.sender, provider: offer.provider, state: .funded, job: order.job,
      budget: order.budget, pricePerSecond: offer.pricePerSecond, deliverWithinSeconds: order.deliverWithinSeconds,
      reviewWithinSeconds: order.reviewWithinSeconds, order: context.transaction, due: due,
      accepted: Timestamp(milliseconds: 0), acceptance: nil, result: nil, submission: nil, usageMilliseconds: 0,
      paid: .zero, refunded: .zero, penalty: .zero)
  }

  /// Price of the metered use, rounded down in favour of the buyer, and never above the budget.
  var cost: Amount { min(pricePerSecond.scaled(by: usageMilliseconds, over: 1000) ?? budget, budget) }
}

extension Market {
  static func deal(_ id: Identifier, in state: borrowing State) throws(Rejection) -> Deal {
    guard let deal = state[deals, id] else { throw reject(.unknownDeal, "no deal has the id \(id)") }
    return deal
  }

  /// The deal, when it stands in `expected`.
  static func deal(
    _ id: Identifier, standing expected: DealState, in state: borrowing State
  ) throws(Rejection) -> Deal {
    let deal = try deal(id, in: state)
    guard deal.state == expected else {
      throw reject(.wrongState, "the deal is \(deal.state); this needs it to be \(expected)")
    }
    return deal
  }

  static func save(_ deal: Deal, as id: Identifier, in state: inout State) {
    state[deals, id] = deal
    state[liveDeals, Pair(deal.offer, id)] = deal.state.isFinal ? nil : deal.state
  }

  /// Ends a deal: pays for the use, and returns what is left of the budget.
  static func settle(
    _ deal: Deal, as id: Identifier, ending final: DealState, in state: inout State
  ) throws(Rejection) -> Deal {
    var settled = deal
    settled.state = final
    settled.due = Timestamp(milliseconds: 0)
    settled.paid = final == .completed ? deal.cost : .zero
    settled.refunded = deal.budget.remaining(after: settled.paid)
    try Money.post(settled.paid, of: id, to: deal.provider, in: &state)
    if settled.refunded > .zero { try Money.release(id, in: &state) }
    save(settled, as: id, in: &state)
    return settled
  }
}

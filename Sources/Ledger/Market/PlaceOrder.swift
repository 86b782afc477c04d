public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Orders a job from an offer, and sets the budget aside.
public struct PlaceOrder: Transaction {
  public static let code: UInt32 = 303
  public static let schema = Schema(
    "PlaceOrder", "Order a job from an offer, and set the budget aside.", PlaceOrder.init,
    Field(1, "offer", \.offer, "Id of the offer."),
    Field(2, "job", \.job, "SHA-256 of the job's canonical bytes, which the provider fetches by this digest."),
    Field(3, "budget", \.budget, "Most to pay, in nano-CPTM; enough for a second at least."),
    Field(4, "deliverWithinSeconds", \.deliverWithinSeconds, "Time from acceptance to the result, in seconds."),
    Field(
      5, "reviewWithinSeconds", \.reviewWithinSeconds, "Time from the result until it counts as accepted, in seconds."))

  public let offer: Identifier
  public let job: Digest
  public let budget: Amount
  public let deliverWithinSeconds: UInt64
  public let reviewWithinSeconds: UInt64

  public init(
    offer: Identifier, job: Digest, budget: Amount, deliverWithinSeconds: UInt64, reviewWithinSeconds: UInt64
  ) {
    self.offer = offer
    self.job = job
    self.budget = budget
    self.deliverWithinSeconds = deliverWithinSeconds
    self.reviewWithinSeconds = reviewWithinSeconds
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let open = try Market.openOffer(offer, in: state)
    guard open.provider != context.sender else {
      throw Market.reject(.ownOffer, "offer \(offer) is the sender's own")
    }
    try checkTerms(of: open, in: state)
    let id = context.newIdentifier
    let hold = Hold(owner: context.sender, payee: nil, amount: budget, purpose: .payment, expires: nil)
    try Money.place(hold, as: id, in: &state)
    let due = context.moment.time.adding(seconds: Market.parameters(in: state).acceptWithinSeconds)
    Market.save(Deal(self, with: open, due: due, in: context), as: id, in: &state)
    state.emit(
      OrderPlaced(deal: id, offer: offer, buyer: context.sender, provider: open.provider, job: job, budget: budget))
  }

  private func checkTerms(of open: Offer, in state: borrowing State) throws(Rejection) {
    let longest = Market.parameters(in: state).maximumTermSeconds
    for (field, seconds) in [
      ("deliverWithinSeconds", deliverWithinSeconds), ("reviewWithinSeconds", reviewWithinSeconds)
    ] where seconds == 0 || seconds > longest {
      throw Market.reject(.invalidTerms, "\(field) is \(seconds); 1 to \(longest) is taken")
    }
    guard budget > .zero, budget >= open.pricePerSecond else {
      throw Market.reject(.budgetTooLow, "the budget is \(budget); a second costs \(open.pricePerSecond)")
    }
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> PlaceOrder {
    PlaceOrder(
      offer: Market.someOffer(&random, in: state), job: .sample(&random),
      budget: Amount(nano: UInt64(random.below(50_000_000))), deliverWithinSeconds: UInt64(random.below(20)),
      reviewWithinSeconds: UInt64(random.below(20)))
  }
}

/// An order was placed and its budget set aside.
public struct OrderPlaced: Event {
  public static let code: UInt32 = 353
  public static let schema = Schema(
    "OrderPlaced", "An order was placed and its budget set aside.", OrderPlaced.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "offer", \.offer, "Id of the offer."),
    Field(3, "buyer", \.buyer, "Account that pays."),
    Field(4, "provider", \.provider, "Account that is asked to work."),
    Field(5, "job", \.job, "SHA-256 of the job's canonical bytes."),
    Field(6, "budget", \.budget, "Most to pay, in nano-CPTM."))

  public let deal: Identifier
  public let offer: Identifier
  public let buyer: Address
  public let provider: Address
  public let job: Digest
  public let budget: Amount

  public var accounts: [Address] { [buyer, provider] }
}

public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Offers the sender's machine for jobs, with a bond that answers for missed deadlines.
public struct ListOffer: Transaction {
  public static let code: UInt32 = 301
  public static let schema = Schema(
    "ListOffer", "Offer the sender's machine for jobs, with a bond that answers for missed deadlines.", ListOffer.init,
    Field(1, "title", \.title, "What is offered, for people; 1 to 80 bytes."),
    Field(2, "resources", \.resources, "What each job may use."),
    Field(3, "pricePerSecond", \.pricePerSecond, "Price of a second of use, in nano-CPTM."),
    Field(4, "capacity", \.capacity, "Jobs that run at once at the most; 1 to 1000."),
    Field(5, "bond", \.bond, "Amount to lock, in nano-CPTM; at least the network's minimum."))

  public let title: String
  public let resources: Resources
  public let pricePerSecond: Amount
  public let capacity: UInt32
  public let bond: Amount

  public init(title: String, resources: Resources, pricePerSecond: Amount, capacity: UInt32, bond: Amount) {
    self.title = title
    self.resources = resources
    self.pricePerSecond = pricePerSecond
    self.capacity = capacity
    self.bond = bond
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    guard (1...80).contains(title.utf8.count) else {
      throw Market.reject(.invalidTerms, "title has \(title.utf8.count) bytes; 1 to 80 are taken")
    }
    guard (1...1000).contains(capacity) else {
      throw Market.reject(.invalidTerms, "capacity is \(capacity); 1 to 1000 is taken")
    }
    guard resources.processors > 0, resources.memoryMebibytes > 0 else {
      throw Market.reject(.invalidTerms, "resources need at least one processor and one MiB of memory")
    }
    let minimum = Market.parameters(in: state).minimumBond
    guard bond >= minimum else {
      throw Market.reject(.bondTooLow, "the bond is \(bond); the network asks for \(minimum)")
    }
    try list(in: &state, context)
  }

  private func list(in state: inout State, _ context: Context) throws(Rejection) {
    let id = context.newIdentifier
    let hold = Hold(owner: context.sender, payee: nil, amount: bond, purpose: .bond, expires: nil)
    if bond > .zero { try Money.place(hold, as: id, in: &state) }
    state[Market.offers, id] = Offer(
      provider: context.sender, title: title, resources: resources, pricePerSecond: pricePerSecond, capacity: capacity,
      running: 0, isClosed: false)
    state.emit(OfferListed(offer: id, provider: context.sender, pricePerSecond: pricePerSecond, bond: bond))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> ListOffer {
    let resources = Resources(processors: 1, memoryMebibytes: 256, diskMebibytes: 64)
    return ListOffer(
      title: "simulated", resources: resources, pricePerSecond: Amount(nano: UInt64(random.below(5_000_000))),
      capacity: UInt32(random.below(4)), bond: Amount(nano: UInt64(random.below(400_000_000))))
  }
}

/// An offer was listed.
public struct OfferListed: Event {
  public static let code: UInt32 = 351
  public static let schema = Schema(
    "OfferListed", "An offer was listed.", OfferListed.init,
    Field(1, "offer", \.offer, "Id of the offer."),
    Field(2, "provider", \.provider, "Account that offers."),
    Field(3, "pricePerSecond", \.pricePerSecond, "Price of a second of use, in nano-CPTM."),
    Field(4, "bond", \.bond, "Amount locked, in nano-CPTM."))

  public let offer: Identifier
  public let provider: Address
  public let pricePerSecond: Amount
  public let bond: Amount

  public var accounts: [Address] { [provider] }
}

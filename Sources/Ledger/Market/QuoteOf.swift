public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

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

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Ends a deal whose present state has lasted too long; anyone may do it.
public struct ExpireDeal: Transaction {
  public static let code: UInt32 = 309
  public static let schema = Schema(
    "ExpireDeal", "End a deal whose present state has lasted too long; anyone may do it.", ExpireDeal.init,
    Field(1, "deal", \.deal, "Id of the deal."))

  public let deal: Identifier

  public init(deal: Identifier) {
    self.deal = deal
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let due = try Market.deal(deal, in: state)
    guard !due.state.isFinal else { throw Market.reject(.wrongState, "the deal is \(due.state) and cannot change") }
    guard context.moment.time >= due.due else {
      throw Market.reject(.notYetDue, "the deal is \(due.state) until \(due.due.milliseconds)")
    }
    if due.state == .submitted { return try Market.complete(due, as: deal, in: &state) }
    try expire(due, in: &state)
  }

  /// The provider let the order lie, or missed the deadline that it accepted and pays for that.
  private func expire(_ due: Deal, in state: inout State) throws(Rejection) {
    var expired = due
    if due.state == .active {
      expired.penalty = try Market.penalize(due, in: &state)
    }
    expired = try Market.settle(expired, as: deal, ending: .expired, in: &state)
    if due.state == .active { try Market.finishJob(of: due.offer, in: &state) }
    state.emit(
      DealExpired(
        deal: deal, buyer: due.buyer, provider: due.provider, refunded: expired.refunded, penalty: expired.penalty))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> ExpireDeal {
    ExpireDeal(deal: Market.someDeal(&random, in: state) { $0.due <= moment.time })
  }
}

/// The provider's time passed: the budget returned, with part of the bond when the order had been accepted.
public struct DealExpired: Event {
  public static let code: UInt32 = 359
  public static let schema = Schema(
    "DealExpired",
    "The provider's time passed: the budget returned, with part of the bond when the order had been accepted.",
    DealExpired.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."),
    Field(4, "refunded", \.refunded, "What returned to the buyer, in nano-CPTM."),
    Field(5, "penalty", \.penalty, "What the buyer received of the bond, in nano-CPTM."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address
  public let refunded: Amount
  public let penalty: Amount

  public var accounts: [Address] { [buyer, provider] }
}

internal import Cryptography
internal import LedgerKit
internal import Money
internal import StateTree

extension Market {
  static func requireBond(of offer: Identifier, in state: borrowing State) throws(Rejection) {
    let bond = Money.remaining(of: offer, in: state)
    let minimum = parameters(in: state).minimumBond
    guard bond >= minimum else {
      throw reject(.bondTooLow, "the offer's bond is \(bond); the network asks for \(minimum)")
    }
  }

  /// Pays part of an offer's bond to the buyer whom it let down, rounded down, and never more than the deal was worth to
  /// the buyer: a small order must not be a cheap shot at a large bond. The rest stays with the provider.
  static func penalize(_ deal: Deal, in state: inout State) throws(Rejection) -> Amount {
    let offer = deal.offer
    let bond = Money.remaining(of: offer, in: state)
    let share = UInt64(parameters(in: state).missedDeadlinePenaltyBasisPoints)
    guard let part = bond.scaled(by: share, over: 10_000) else { fatalError("a share above one of \(bond)") }
    let penalty = min(part, deal.budget)
    try Money.post(penalty, of: offer, to: deal.buyer, in: &state)
    return penalty
  }
}

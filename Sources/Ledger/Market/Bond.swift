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

  /// Pays part of an offer's bond to the buyer whom it let down, rounded down; the rest stays with the provider.
  static func penalize(_ offer: Identifier, payTo buyer: Address, in state: inout State) throws(Rejection) -> Amount {
    let bond = Money.remaining(of: offer, in: state)
    let share = UInt64(parameters(in: state).missedDeadlinePenaltyBasisPoints)
    guard let penalty = bond.scaled(by: share, over: 10_000) else { fatalError("a share above one of \(bond)") }
    try Money.post(penalty, of: offer, to: buyer, in: &state)
    return penalty
  }
}

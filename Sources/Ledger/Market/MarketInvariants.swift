internal import Cryptography
internal import LedgerKit
internal import Money
internal import StateTree

extension Market {
  /// A live deal's budget is held in full, and an ended one holds nothing.
  static let dealHoldsInvariant = Invariant("a live deal's hold = its budget") { state in
    for (id, deal) in state.rows(of: deals) {
      let held = Money.remaining(of: id, in: state)
      let expected = deal.state.isFinal ? Amount.zero : deal.budget
      if held != expected { return "deal \(id) is \(deal.state) and holds \(held); expected \(expected)" }
      let isLive = state[liveDeals, Pair(deal.offer, id)] == deal.state
      if isLive == deal.state.isFinal { return "deal \(id) is \(deal.state) and stands wrongly among the live ones" }
      if deal.state.isFinal, deal.budget.subtracting(deal.paid) != deal.refunded {
        return "deal \(id) paid \(deal.paid) and refunded \(deal.refunded) of \(deal.budget)"
      }
    }
    return nil
  }

  /// An offer counts its running jobs, and never has more than its capacity.
  static let capacityInvariant = Invariant("an offer's running jobs = its active deals ≤ its capacity") { state in
    for (id, offer) in state.rows(of: offers) {
      let active = state.rows(of: liveDeals, under: id).count { $0.row == .active }
      if active != offer.running || offer.running > offer.capacity {
        return "offer \(id) has \(active) active deals, counts \(offer.running) and has capacity \(offer.capacity)"
      }
    }
    return nil
  }
}

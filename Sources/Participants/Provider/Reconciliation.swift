internal import Cryptography
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Logging
internal import Market

/// A deal that concerns the provider.
struct Order: Sendable {
  let id: Identifier
  let deal: Deal

  /// Whether the job is still to be run.
  var isPending: Bool { deal.state == .funded || deal.state == .active }
}

/// What to do next about an order, in a task of its own.
enum Step: Sendable {
  case assess(Order)
  case fulfil(Order)
}

extension Provider {
  /// Compares the ledger with what runs here, and returns what to do now.
  func reconcile() async throws(ProviderError) -> [Step] {
    // A task may end during the look, after its deal was listed as active.
    let busy = running.union(assessing)
    return try await tolerating { () async throws(ProviderError) in
      let now = try await relay.now()
      try await look()
      var steps: [Step] = []
      var occupied = running.union(orders.values.filter { $0.deal.state == .active }.map(\.id))
      for order in orders.values.sorted(by: Self.isMoreUrgent) where !busy.contains(order.id) {
        try await tolerating(order.id) { () async throws(ProviderError) in
          let hasRoom = occupied.count < Int(offer?.capacity ?? 0)
          guard let step = try await visit(order, at: now, hasRoom: hasRoom) else { return }
          steps.append(step)
          if case .fulfil = step { occupied.insert(order.id) }
        }
      }
      return steps
    } ?? []
  }

  /// Running jobs take their place first, then the orders that wait longest.
  private static func isMoreUrgent(_ one: Order, _ other: Order) -> Bool {
    let isFirst = (one.deal.state == .active, other.deal.state == .active)
    return isFirst.0 == isFirst.1 ? (one.deal.due, one.id) < (other.deal.due, other.id) : isFirst.0
  }

  /// Does what takes no time, and returns the step when there is work.
  private func visit(_ order: Order, at now: Timestamp, hasRoom: Bool) async throws(ProviderError) -> Step? {
    switch order.deal.state {
    case .completed, .declined, .expired, .cancelled: try settle(order)
    case _ where now >= order.deal.due: try await expire(order)
    case .submitted: break
    case .active where journal.delivery(of: order.id) != nil: return .fulfil(order)
    case .active, .funded: return isStopping ? nil : step(for: order, hasRoom: hasRoom)
    }
    return nil
  }

  private func step(for order: Order, hasRoom: Bool) -> Step? {
    guard let assessment = assessments[order.id] else { return .assess(order) }
    if order.deal.state == .funded, case .accept = assessment, !hasRoom { return nil }
    return .fulfil(order)
  }

  /// Anyone may end what is past its time: it pays for a result that the buyer never answered, and frees what else is stuck.
  private func expire(_ order: Order) async throws(ProviderError) {
    try await perform(ExpireDeal(deal: order.id))
    logger.info("deal expired", metadata: ["deal": "\(order.id)", "state": "\(order.deal.state)"])
    wake()
  }

  private func settle(_ order: Order) throws(ProviderError) {
    try update { journal in
      journal.deliveries.removeAll { $0.deal == order.id }
      guard order.deal.state == .completed else { return }
      journal.finished += 1
      journal.earned = (try? journal.earned.adding(order.deal.paid)) ?? journal.earned
    }
    logger.info(
      "deal settled",
      metadata: ["deal": "\(order.id)", "state": "\(order.deal.state)", "paid": "\(order.deal.paid)"])
  }
}

extension Provider {
  /// Brings ``orders`` up to date: the offer's live deals, and those of deliveries that are not settled.
  private func look() async throws(ProviderError) {
    var current: [Identifier: Order] = [:]
    for live in try await liveDeals() { current[live.deal] = try await order(live.deal, in: live.state) }
    for delivery in journal.deliveries where current[delivery.deal] == nil {
      current[delivery.deal] = try await order(of: delivery)
    }
    orders = current
    assessments = assessments.filter { current[$0.key] != nil }
  }

  private func liveDeals() async throws(ProviderError) -> [LiveDeal] {
    guard let id = journal.listing?.offer else { return [] }
    var deals: [LiveDeal] = []
    var next: Identifier?
    repeat {
      let page = try await relay.ask(LiveDealsOf(offer: id, from: next, limit: 100))
      deals += page.deals
      next = page.next
    } while next != nil
    return deals
  }

  /// The order with the id `id`; a deal changes only with its state, so a known one is not asked for again.
  private func order(_ id: Identifier, in state: DealState?) async throws(ProviderError) -> Order {
    if let known = orders[id], known.deal.state == state { return known }
    return Order(id: id, deal: try await relay.ask(DealOf(deal: id)))
  }

  /// The order of a delivery; one that the ledger never heard of was for another network, and is forgotten.
  private func order(of delivery: Delivery) async throws(ProviderError) -> Order? {
    do throws(ProviderError) { return try await order(delivery.deal, in: nil) } catch {
      guard error.isRejection(for: .unknownDeal) else { throw error }
      try update { $0.deliveries.removeAll { $0.deal == delivery.deal } }
      logger.warning("a delivery was for another network", metadata: ["deal": "\(delivery.deal)"])
      return nil
    }
  }
}

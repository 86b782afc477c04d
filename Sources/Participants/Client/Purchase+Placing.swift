public import Cryptography
internal import Encoding
internal import Jobs
public import LedgerKit
public import Market

extension Purchase {
  /// What the job would cost at the most; throws when the offer would not take it.
  public func quote(_ order: Order) async throws(ClientError) -> Quote {
    do { try order.job.validate() } catch { throw .refused("job.\(error)") }
    let question = QuoteOf(offer: order.offer, seconds: UInt64(order.job.limits.wallSeconds))
    let quote = try await persistently { () throws(ClientError) in try await client.ask(question) }
    guard quote.isAvailable else {
      throw .refused("offer \(order.offer) takes no order now: \(quote.refusal ?? "no reason given")")
    }
    return quote
  }

  /// Publishes the job with its inputs, places the order, and returns the id of the deal.
  public func place(_ order: Order, budget: Amount) async throws(ClientError) -> Identifier {
    try await publish(order)
    let placing = PlaceOrder(
      offer: order.offer, job: order.job.id, budget: budget, deliverWithinSeconds: order.deliverWithinSeconds,
      reviewWithinSeconds: order.reviewWithinSeconds)
    let body = try await persistently { () throws(ClientError) in try await client.prepare([placing], from: buyer) }
    let deal = Identifier.created(by: body.id, operation: 0)
    do throws(ClientError) { _ = try await client.submit(Envelope(signing: body, with: key)) } catch {
      guard error.isWorthRepeating else { throw error }
      try await expectPlaced(deal)
    }
    return deal
  }

  private func publish(_ order: Order) async throws(ClientError) {
    let given = order.inputs.map { Digest(of: $0) }
    for input in order.job.inputs where !given.contains(input.content) {
      throw .refused("the job reads \(input.path), but no file with digest \(input.content) is given")
    }
    for content in order.inputs + [order.job.encoded] {
      _ = try await persistently { () throws(ClientError) in try await client.upload(content) }
    }
  }

  /// The relay was away until the order could not be committed any more: whether it was shows in the state.
  private func expectPlaced(_ deal: Identifier) async throws(ClientError) {
    do throws(ClientError) {
      _ = try await persistently { () throws(ClientError) in try await client.ask(DealOf(deal: deal)) }
    } catch {
      guard error.isRejection(Market.Reason.unknownDeal) else { throw error }
      throw .refused("the relay did not answer until the order's time had passed; nothing was ordered or charged")
    }
  }
}

extension ClientError {
  /// Whether the account has not enough for the fee.
  var isShortOfFunds: Bool {
    guard case .rejected(let rejection) = self else { return false }
    return rejection.name == "money.insufficientFunds"
  }

  /// Whether the market said no for one of these reasons.
  func isRejection(_ reasons: Market.Reason...) -> Bool {
    guard case .rejected(let rejection) = self, rejection.module == Market.name else { return false }
    return reasons.contains { $0.rawValue == rejection.code }
  }
}

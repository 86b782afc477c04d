internal import Client
internal import Foundation
internal import Jobs
internal import LedgerKit
internal import Market

/// Tells on the terminal how an order gets on.
struct OrderProgress: Sendable {
  let isShown: Bool

  func report(_ step: Purchase.Step) {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\(Self.text(step))\n".utf8))
  }

  static func text(_ step: Purchase.Step) -> String {
    switch step {
    case .quoted(let quote):
      "quoted    at most \(quote.cost), \(quote.pricePerSecond) a second; the provider's bond is \(quote.bond)"
    case .funded(let deal): "held      deal \(deal)"
    case .accepted: "running   the provider accepted"
    case .submitted(let result): "result    \(result.outcome) after \(result.usageMilliseconds) ms"
    case .settled(let deal): "settled   \(deal.state): \(deal.paid) paid, \(deal.refunded) returned"
    case .unsettled(let deal):
      "unsettled there is not enough to pay the fee of accepting; the deal is complete when its review window has "
        + "passed, at \(deal.due.readable)"
    case .receipt: "receipt   checked"
    }
  }
}

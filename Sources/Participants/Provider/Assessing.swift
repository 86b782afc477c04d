internal import Cryptography
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Market

extension Provider {
  /// Bytes at the most of a job's record; its inputs are content of their own.
  private static let maximumJobBytes = 1 << 20

  /// Looks at what was ordered; each order in a task of its own, so that one whose job is slow to come delays no other.
  func assess(_ order: Order) async throws(ProviderError) {
    defer { assessing.remove(order.id) }
    try await tolerating(order.id) { () async throws(ProviderError) in
      assessments[order.id] = try await assessment(of: order.deal)
      wake()
    }
  }

  private func assessment(of deal: Deal) async throws(ProviderError) -> OrderAssessment? {
    guard let offer else { return nil }
    switch try await relay.download(deal.job, atMost: Self.maximumJobBytes) {
    case .content(let bytes): return assessment(of: bytes, ordered: deal, from: offer)
    case .missing:
      return .decline(reason: "the relay does not have the job \(deal.job); upload it and order again")
    case .tooLarge:
      return .decline(
        reason: "content \(deal.job) is not a job: it has more than \(Self.maximumJobBytes) bytes")
    }
  }

  private func assessment(of bytes: [UInt8], ordered deal: Deal, from offer: Offer) -> OrderAssessment {
    do {
      return OrderAssessment(
        try Job(encoded: bytes), in: deal, from: offer, marginSeconds: configuration.deliveryMarginSeconds)
    } catch {
      return .decline(reason: "content \(deal.job) is not a job: \(error)")
    }
  }
}

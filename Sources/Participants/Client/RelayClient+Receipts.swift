public import Cryptography
internal import LedgerKit
internal import Market
internal import Operations

extension RelayClient {
  /// Collects the receipt of a settled deal.
  public func receipt(of deal: Identifier) async throws(ClientError) -> DealReceipt {
    let proven = try await ask(DealOf(deal: deal), proving: true)
    guard let proof = proven.proof, let result = proven.answer.result else {
      throw .unexpected("deal \(deal) is \(proven.answer.state): only a delivered deal has a receipt")
    }
    guard let sequencer = try await chain().genesis.sequencer else {
      throw .unexpected("the network's headers are not signed by one sequencer")
    }
    return DealReceipt(
      sequencer: sequencer, state: proof, order: try await envelope(proven.answer.order),
      acceptance: try await envelope(proven.answer.acceptance),
      submission: try await envelope(proven.answer.submission),
      job: try await record(proven.answer.job), result: try await record(result))
  }

  private func envelope(_ id: Digest?) async throws(ClientError) -> Envelope {
    guard let id, let found = try await transaction(id) else {
      throw .unexpected("the relay does not have transaction \(id.map { "\($0)" } ?? "none") of the deal")
    }
    return found.envelope
  }
}

public import Cryptography
internal import Encoding
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
    return DealReceipt(
      sequencer: try await chain().genesis.sequencer, state: try await certified(proof),
      order: try await envelope(proven.answer.order),
      acceptance: try await envelope(proven.answer.acceptance),
      submission: try await envelope(proven.answer.submission),
      job: try await record(proven.answer.job), result: try await record(result))
  }

  /// The proof with the validators' certificate of its header, where no sequencer signs headers: it comes with the next block.
  func certified(_ proof: ProvenState) async throws(ClientError) -> ProvenState {
    guard proof.signature == nil, proof.lineage != nil else { return proof }
    for _ in 0..<Self.certificateTries {
      if let certificate = try await certificate(of: proof.header.height) { return proof.certified(by: certificate) }
      try await Self.pause(.milliseconds(250))
    }
    throw .unexpected("block \(proof.header.height) is not certified yet; ask again later")
  }

  /// The validators' certificate of a block; `nil` while there is none.
  private func certificate(of height: UInt64) async throws(ClientError) -> Certificate? {
    do throws(ClientError) {
      let bytes = try await send(TransportRequest(.get, "/v1/blocks/\(height)/certificate", []))
      do { return try Certificate(json: JSON(parsing: bytes)) } catch { throw .unexpected("\(error)") }
    } catch {
      if case .problem(let problem) = error, problem.status == 404 { return nil }
      throw error
    }
  }

  /// Half a minute of tries.
  private static let certificateTries = 120

  private func envelope(_ id: Digest?) async throws(ClientError) -> Envelope {
    guard let id, let found = try await transaction(id) else {
      throw .unexpected("the relay does not have transaction \(id.map { "\($0)" } ?? "none") of the deal")
    }
    return found.envelope
  }
}

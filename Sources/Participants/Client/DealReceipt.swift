public import Cryptography
public import Encoding
public import Jobs
public import LedgerKit
internal import Market
internal import Operations

/// A settled deal in one file: who ordered, accepted and delivered what, and a proof of how it was settled.
///
/// It is checked without a connection; the only thing to trust is that the sequencer's key is the network's.
public struct DealReceipt: Record {
  public static let schema = Schema(
    "DealReceipt", "A settled deal in one file, checked without a connection.", DealReceipt.init,
    Field(
      1, "sequencer", \.sequencer,
      "Key that signs the network's headers; compare it with the one its operator publishes."),
    Field(2, "state", \.state, "The deal's row in the state, proven under a signed header."),
    Field(3, "order", \.order, "The buyer's signed order."),
    Field(4, "acceptance", \.acceptance, "The provider's signed acceptance."),
    Field(5, "submission", \.submission, "The provider's signed delivery."),
    Field(6, "job", \.job, "What was ordered."),
    Field(7, "result", \.result, "What was delivered."))

  public let sequencer: PublicKey
  public let state: ProvenState
  public let order: Envelope
  public let acceptance: Envelope
  public let submission: Envelope
  public let job: Job
  public let result: JobResult

  public init(
    sequencer: PublicKey, state: ProvenState, order: Envelope, acceptance: Envelope, submission: Envelope, job: Job,
    result: JobResult
  ) {
    self.sequencer = sequencer
    self.state = state
    self.order = order
    self.acceptance = acceptance
    self.submission = submission
    self.job = job
    self.result = result
  }

  /// Reads a receipt file.
  public init(parsing text: [UInt8]) throws(FieldError) {
    let json: JSON
    do { json = try JSON(parsing: text) } catch { throw FieldError("not JSON: \(error)") }
    try self.init(json: json, unions: RelayClient.unions)
  }
}

/// Why a receipt does not hold.
public struct ReceiptError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Path of the part that is wrong: `state.signature`.
  public let part: String
  public let detail: String
  public var description: String { "\(part): \(detail)" }
}

extension DealReceipt {
  /// Checks every part, and says what they prove together, one sentence each.
  public func verify() throws(ReceiptError) -> [String] {
    let header = try verifyHeader()
    let (id, deal) = try verifyDeal(under: header)
    try verify(order, is: deal.order, by: deal.buyer, as: "order") { $0 is PlaceOrder }
    try verify(acceptance, is: deal.acceptance, by: deal.provider, as: "acceptance") { operation in
      (operation as? AcceptOrder)?.deal == id
    }
    try verify(submission, is: deal.submission, by: deal.provider, as: "submission") { operation in
      (operation as? SubmitResult)?.deal == id
    }
    guard job.id == deal.job else {
      throw ReceiptError(part: "job", detail: "its digest is not the ordered \(deal.job)")
    }
    let digest = Digest(of: result.encoded)
    guard digest == deal.result else {
      throw ReceiptError(part: "result", detail: "its digest is not the delivered one")
    }
    return [
      "block \(header.height) of chain \(header.chain) is signed by the sequencer \(sequencer.didKey)",
      "its state root \(header.state) contains deal \(id), proven by an ICS-23 membership proof",
      "\(deal.buyer) ordered job \(deal.job) for at most \(deal.budget), by signature",
      "\(deal.provider) accepted, and delivered result \(digest) with \(deal.usageMilliseconds) ms of use, by signature",
      "the deal is \(deal.state): \(deal.paid) was paid and \(deal.refunded) returned"
    ]
  }

  private func verifyHeader() throws(ReceiptError) -> Header {
    guard let signature = state.signature, sequencer.verifies(signature, of: state.header.bytesToSign) else {
      throw ReceiptError(part: "state.signature", detail: "header, signature and sequencer do not belong together")
    }
    return state.header
  }

  /// The deal's row, proven under `header` at the place where this order's deal belongs.
  private func verifyDeal(under header: Header) throws(ReceiptError) -> (id: Identifier, deal: Deal) {
    guard state.evidence.count == 1, let evidence = state.evidence.first, let row = evidence.value else {
      throw ReceiptError(part: "state.evidence", detail: "expected exactly one row, the deal's")
    }
    do { try evidence.verify(under: header) } catch {
      throw ReceiptError(part: "state.evidence.0.proof", detail: "\(error)")
    }
    let ids = order.body.operations.indices.map { Identifier.created(by: order.body.id, operation: $0) }
    guard let id = ids.first(where: { DealOf(deal: $0).evidence == [evidence.key.array] }) else {
      throw ReceiptError(part: "order", detail: "the proven row is not the deal of this order")
    }
    do {
      var reader = Reader(row.array)
      let deal = try Deal(from: &reader)
      try reader.finish()
      return (id, deal)
    } catch { throw ReceiptError(part: "state.evidence.0.value", detail: "\(error)") }
  }

  private func verify(
    _ envelope: Envelope, is id: Digest?, by sender: Address, as part: String,
    where matches: (any Transaction) -> Bool
  ) throws(ReceiptError) {
    guard envelope.body.id == id else {
      throw ReceiptError(part: "\(part).body", detail: "it is not the transaction that the deal names")
    }
    let message = envelope.body.bytesToSign
    guard !envelope.signatures.isEmpty,
      envelope.signatures.allSatisfy({ $0.publicKey.verifies($0.signature, of: message) })
    else { throw ReceiptError(part: "\(part).signatures", detail: "a signature does not fit the body and its key") }
    guard envelope.body.sender == sender, envelope.body.operations.contains(where: { matches($0.transaction) }) else {
      throw ReceiptError(part: "\(part).body", detail: "it is not by \(sender), or about another deal")
    }
  }
}

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

  /// The record whose canonical bytes `digest` names.
  public func record<R: Record>(_ digest: Digest) async throws(ClientError) -> R {
    do { return try R(encoded: try await download(digest)) } catch let error as ClientError {
      throw error
    } catch { throw .unexpected("content \(digest) is not a \(R.name): \(error)") }
  }
}

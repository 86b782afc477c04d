public import Cryptography
public import Encoding
public import Jobs
public import LedgerKit

/// A settled deal in one file: who ordered, accepted and delivered what, and a proof of how it was settled.
///
/// It is checked without a connection; the only thing to trust is that the sequencer's key, or the validators, are the network's.
public struct DealReceipt: Record {
  public static let schema = Schema(
    "DealReceipt", "A settled deal in one file, checked without a connection.", DealReceipt.init,
    Field(
      1, "sequencer", \.sequencer,
      "Key that signs the network's headers; compare it with the one its operator publishes. Missing where validators do."
    ),
    Field(2, "state", \.state, "The deal's row in the state, proven under a signed or certified header."),
    Field(3, "order", \.order, "The buyer's signed order."),
    Field(4, "acceptance", \.acceptance, "The provider's signed acceptance."),
    Field(5, "submission", \.submission, "The provider's signed delivery."),
    Field(6, "job", \.job, "What was ordered."),
    Field(7, "result", \.result, "What was delivered."))

  public let sequencer: PublicKey?
  public let state: ProvenState
  public let order: Envelope
  public let acceptance: Envelope
  public let submission: Envelope
  public let job: Job
  public let result: JobResult

  public init(
    sequencer: PublicKey?, state: ProvenState, order: Envelope, acceptance: Envelope, submission: Envelope, job: Job,
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

internal import Encoding
internal import LedgerKit

extension Endpoint {
  /// Routes for transactions of any kind; `refusals` are the reasons for which one may be refused.
  static func ofTransactions(_ refusals: [Refusal], whenPrepared: [Refusal]) -> [Endpoint] {
    let envelope = Content([MediaType.json] + MediaType.protobuf, Envelope.shape)
    return [
      Endpoint(
        "submitTransaction", .post, "/v1/transactions", tag: "transactions",
        "Takes a signed transaction for one of the next blocks.",
        parameters: [Parameter(.query, "wait", Bool.shape, "Whether to answer with the outcome, once there is one.")],
        body: envelope,
        success: [
          Answer(200, "It was committed; the outcome says whether it took effect.", .json(Outcome.shape)),
          Answer(202, "It waits for a block.", .json(Submitted.shape))
        ], problems: problems(refusals, \.status), refusals: refusals, isIdempotent: true),
      Endpoint(
        "submitTransactions", .post, "/v1/transactions/batch", tag: "transactions",
        "Takes many signed transactions, each on its own account; sending one again does no harm.",
        parameters: [
          Parameter(
            .query, "wait", UInt32.shape,
            "Milliseconds to wait for the blocks of all of them, as far as the node lets one wait; 0 when it is missing."
          )
        ],
        body: Content([MediaType.json] + MediaType.protobuf, TransactionBatch.shape),
        success: [
          Answer(
            200, "An entry for each transaction, which says whether it was committed, refused, or waits.",
            Content([MediaType.json] + MediaType.protobuf, BatchAnswer.shape))
        ], refusals: refusals),
      Endpoint(
        "checkTransaction", .post, "/v1/transactions/check", tag: "transactions",
        "Says what a signed transaction would do if it were submitted now; nothing changes.", body: envelope,
        success: [Answer(200, "It would be taken.", .json(DryRun.shape))],
        problems: problems(refusals, \.status), refusals: refusals),
      Endpoint(
        "prepareTransaction", .post, "/v1/transactions/prepare", tag: "transactions",
        "Completes a transaction, and gives the bytes to sign.", body: .json(Preparation.shape),
        success: [Answer(200, "Ready to be signed.", .json(PreparedTransaction.shape))],
        problems: problems(whenPrepared, \.status), refusals: whenPrepared, isIdempotent: true)
    ]
  }
}

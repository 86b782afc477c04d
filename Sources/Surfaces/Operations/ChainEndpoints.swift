internal import Cryptography
internal import Encoding
internal import LedgerKit

extension Endpoint {
  /// Routes that say how the node and its chain are.
  static let ofChain: [Endpoint] = [
    Endpoint(
      "health", .get, "/health", tag: "node", "Says that the node works, and where it stands.",
      success: [Answer(200, "The node works.", .json(Health.shape))]),
    Endpoint(
      "metrics", .get, "/metrics", tag: "node", "Counters, gauges and histograms in Prometheus's text format.",
      success: [Answer(200, "Metrics.", Content([MediaType.metrics]))]),
    Endpoint(
      "openapi", .get, "/openapi.json", tag: "node", "This document.",
      success: [Answer(200, "An OpenAPI 3.1 document.", Content([MediaType.json]))]),
    Endpoint(
      "chain", .get, "/v1/chain", tag: "chain", ChainStatus.doc,
      success: [Answer(200, "The status.", .json(ChainStatus.shape))]),
    Endpoint(
      "block", .get, "/v1/blocks/{height}", tag: "chain", CommittedBlock.doc, parameters: [height],
      success: [Answer(200, "The block.", .json(CommittedBlock.shape))], problems: [noBlock]),
    Endpoint(
      "blockResults", .get, "/v1/blocks/{height}/results", tag: "chain", BlockResults.doc, parameters: [height],
      success: [Answer(200, "The results.", .json(BlockResults.shape))], problems: [noBlock]),
    Endpoint(
      "blockCertificate", .get, "/v1/blocks/{height}/certificate", tag: "chain",
      "What certifies the state root of a block where validators agree on it; there is one as soon as the next block is decided.",
      parameters: [height], success: [Answer(200, "The certificate.", .json(Certificate.shape))],
      problems: [
        .problem(
          404, "There is no certificate of this block yet, or one process sequences the chain and signs its headers."),
        .problem(503, "The consensus engine does not answer; ask again after `Retry-After`.")
      ])
  ]

  private static let height = Parameter(.path, "height", UInt64.shape, "Height of the block.")
  private static let noBlock = Answer.problem(404, "There is no block of this height yet.")

  /// Routes that read what was committed.
  static let ofHistory: [Endpoint] = [
    Endpoint(
      "transaction", .get, "/v1/transactions/{id}", tag: "history", CommittedTransaction.doc,
      parameters: [Parameter(.path, "id", Digest.shape, "Id of the transaction.")],
      success: [Answer(200, "The transaction.", .json(CommittedTransaction.shape))],
      problems: [
        .problem(
          404, "No transaction with this id was committed; `reason` says why if it was dropped while it waited."),
        .problem(503, "The index is too far behind the last block to tell; ask again after `Retry-After`.")
      ]),
    Endpoint(
      "accountEvents", .get, "/v1/accounts/{address}/events", tag: "history", EventPage.doc,
      parameters: [
        Parameter(.path, "address", Address.shape, "Account whose history it is."),
        Parameter(.query, "before", cursor, "Where the page begins: the `next` of the page before."), kind,
        Parameter(.query, "limit", UInt32.shape, "Events at the most, up to 100; 0 stands for 20.")
      ],
      success: [Answer(200, "The page.", .json(EventPage.shape))]),
    Endpoint(
      "events", .get, "/v1/events", tag: "history",
      "Committed events as server-sent events: `id` is a cursor, `event` the kind, `data` a CommittedEvent.",
      parameters: [
        Parameter(.query, "after", cursor, "Cursor of the last event seen; the head when it is missing."),
        Parameter(.query, "account", Address.shape, "Only events that concern this account."), kind,
        Parameter(.header, "Last-Event-ID", cursor, "As `after`, and stronger: what a reconnecting client sends.")
      ],
      success: [Answer(200, "The events, without end.", Content([MediaType.events]))],
      problems: [
        .problem(400, "The cursor lies beyond the last block."),
        .problem(503, "As many clients as the node serves are listening; try again later.")
      ])
  ]

  private static let cursor = Shape.scalar(
    Shape.Scalar(proto: "string", format: "cursor", pattern: "^[0-9]+-[0-9]+-[0-9]+$", example: "12-0-3"))
  private static let kind = Parameter(
    .query, "kind", .scalar(Shape.Scalar(proto: "string", format: "kind", pattern: "^[a-zA-Z]+$", example: "minted")),
    "Only events of this kind.")
}

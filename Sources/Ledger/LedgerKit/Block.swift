public import Cryptography
public import Encoding
public import StateTree

/// What a block commits to: its place, its transactions, their results and the state after them.
public struct Header: Record {
  public static let schema = Schema(
    "Header", "What a block commits to: its place, its transactions, their results and the state after them.",
    Header.init,
    Field(1, "chain", \.chain, "Id of the chain."),
    Field(2, "height", \.height, "Blocks since genesis."),
    Field(3, "time", \.time, "Block time, in milliseconds since the Unix epoch; later than the previous block's."),
    Field(4, "previous", \.previous, "SHA-256 of the previous header's bytes; of the genesis document's at height 0."),
    Field(5, "transactions", \.transactions, "RFC 6962 root over the transactions' bytes."),
    Field(6, "results", \.results, "RFC 6962 root over the results' bytes, without their details."),
    Field(7, "state", \.state, "Root of the state tree (ICS-23 SmtSpec) after the block."))

  public let chain: String
  public let height: UInt64
  public let time: Timestamp
  public let previous: Digest
  public let transactions: Digest
  public let results: Digest
  public let state: Digest

  public init(
    chain: String, height: UInt64, time: Timestamp, previous: Digest, transactions: Digest, results: Digest,
    state: Digest
  ) {
    self.chain = chain
    self.height = height
    self.time = time
    self.previous = previous
    self.transactions = transactions
    self.results = results
    self.state = state
  }

  public var digest: Digest { Digest(of: encoded) }
  public var moment: Moment { Moment(height: height, time: time) }

  /// The exact bytes that a sequencer signs.
  public var bytesToSign: [UInt8] { Array("conductor-relay/header/v1\n".utf8) + encoded }
}

/// A header with what certifies it, and what the block was made of.
public struct Block: Record {
  public static let schema = Schema(
    "Block", "A header with what certifies it, and what the block was made of.", Block.init,
    Field(1, "header", \.header, "What the block commits to."),
    Field(
      2, "signature", \.signature, "By the genesis document's sequencer key; missing where an engine certifies blocks."),
    Field(3, "transactions", \.transactions, "Canonical bytes of each envelope, in order of execution."),
    Field(4, "report", \.report, "What the engine reported with it; missing where one process sequences."))

  public let header: Header
  public let signature: Signature?
  public let transactions: [Bytes]
  public let report: EngineReport?

  public init(header: Header, signature: Signature?, transactions: [Bytes], report: EngineReport? = nil) {
    self.header = header
    self.signature = signature
    self.transactions = transactions
    self.report = report
  }
}

/// One happening, as it stands in a result.
public struct EventEntry: OpenUnion, Sendable {
  public let event: any Event

  public init(_ event: any Event) { self.event = event }
  public init?(_ content: any Member) {
    guard let event = content as? any Event else { return nil }
    self.event = event
  }

  public static let unionName = "Event"
  public static let unionDoc = "Something that happened."
  public var member: any Member { event }

  /// The accounts that the event concerns.
  public var accounts: [Address] { event.accounts }
}

/// A rejection, as it stands in a result.
public struct RejectionEntry: Record {
  public static let schema = Schema(
    "RejectionEntry", "Why a transaction was rejected.", RejectionEntry.init,
    Field(1, "module", \.module, "Module that rejected."),
    Field(2, "code", \.code, "Frozen number of the reason."),
    Field(3, "reason", \.reason, "Name of the reason."),
    Field(4, "detail", \.detail, "What was wrong and what would be right; not part of the consensus result."))

  public let module: String
  public let code: UInt32
  public let reason: String
  public let detail: String

  public init(module: String, code: UInt32, reason: String, detail: String) {
    self.module = module
    self.code = code
    self.reason = reason
    self.detail = detail
  }

  public init(_ rejection: Rejection) {
    self.init(module: rejection.module, code: rejection.code, reason: rejection.reason, detail: rejection.detail)
  }

  var withoutDetail: RejectionEntry { RejectionEntry(module: module, code: code, reason: reason, detail: "") }

  public var rejection: Rejection { Rejection(module: module, code: code, reason: reason, detail: detail) }
}

/// What became of one transaction of a block.
public struct TransactionResult: Record {
  public static let schema = Schema(
    "TransactionResult", "What became of one transaction of a block.", TransactionResult.init,
    Field(1, "id", \.id, "Id of the transaction."),
    Field(2, "isFinal", \.isFinal, "Whether it was run, so that its id is spent; if not, a later block may run it."),
    Field(3, "rejection", \.rejection, "Why it had no effect; missing when it took effect."),
    Field(4, "events", \.events, "What happened, in order; nothing when it was rejected."))

  public let id: Digest
  public let isFinal: Bool
  public let rejection: RejectionEntry?
  public let events: [EventEntry]

  public init(id: Digest, isFinal: Bool, rejection: RejectionEntry?, events: [EventEntry]) {
    self.id = id
    self.isFinal = isFinal
    self.rejection = rejection
    self.events = events
  }

  /// The part that every node must agree on.
  var withoutDetail: TransactionResult {
    guard let rejection else { return self }
    return TransactionResult(id: id, isFinal: isFinal, rejection: rejection.withoutDetail, events: events)
  }
}

/// What became of a block.
public struct BlockResults: Record {
  public static let schema = Schema(
    "BlockResults", "What became of a block.", BlockResults.init,
    Field(1, "transactions", \.transactions, "One result for each transaction, in order."),
    Field(2, "events", \.events, "What the block itself did, apart from its transactions."),
    Field(3, "validators", \.validators, "Validators whose voting power it changed; their engine follows."),
    Field(
      4, "report", \.report,
      "SHA-256 of the engine's report that they rest on; missing where one process sequences, or nothing is reported."))

  public let transactions: [TransactionResult]
  public let events: [EventEntry]
  public let validators: [ValidatorPower]
  public let report: Digest?

  public init(
    transactions: [TransactionResult], events: [EventEntry], validators: [ValidatorPower] = [], report: Digest? = nil
  ) {
    self.transactions = transactions
    self.events = events
    self.validators = validators
    self.report = report
  }

  /// The root over the results that a header carries; what the block itself did comes last.
  public var root: Digest {
    let own = BlockResults(transactions: [], events: events, validators: validators, report: report).encoded
    return Digest(merkleRootOf: transactions.map(\.withoutDetail.encoded) + [own])
  }

  /// The part that the root covers: what every node has alike.
  public var withoutDetails: BlockResults {
    BlockResults(
      transactions: transactions.map(\.withoutDetail), events: events, validators: validators, report: report)
  }
}

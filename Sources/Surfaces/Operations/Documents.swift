public import Cryptography
public import Encoding
public import LedgerKit

/// Which chain a node serves, and where it stands: the answer of `GET /v1/chain`.
public struct ChainStatus: Record {
  public static let schema = Schema(
    "ChainStatus", "Which chain a node serves, and where it stands.", ChainStatus.init,
    Field(1, "genesis", \.genesis, "The genesis document."),
    Field(2, "head", \.head, "The last committed header."),
    Field(3, "now", \.now, "The node's clock, in milliseconds since the Unix epoch."),
    Field(4, "pendingTransactions", \.pendingTransactions, "Transactions that wait for a block."))

  public let genesis: Genesis
  public let head: Header
  public let now: Timestamp
  public let pendingTransactions: UInt64

  public init(genesis: Genesis, head: Header, now: Timestamp, pendingTransactions: UInt64) {
    self.genesis = genesis
    self.head = head
    self.now = now
    self.pendingTransactions = pendingTransactions
  }
}

/// What to sign: the body of `POST /v1/transactions/prepare`.
public struct Preparation: Record {
  public static let schema = Schema(
    "Preparation", "What a transaction shall do; the node fills in the rest.", Preparation.init,
    Field(1, "sender", \.sender, "Account that acts and pays."),
    Field(2, "operations", \.operations, "What to do, in order; all of it or none."),
    Field(3, "fee", \.fee, "Fee to offer, in nano-CPTM; the minimum when it is missing."),
    Field(4, "validSeconds", \.validSeconds, "Length of the validity window, in seconds; 60 when it is missing."),
    Field(5, "nonce", \.nonce, "16 bytes that make the transaction unique; random when they are missing."))

  public let sender: Address
  public let operations: [Operation]
  public let fee: Amount?
  public let validSeconds: UInt64?
  public let nonce: Nonce?

  public init(sender: Address, operations: [Operation], fee: Amount?, validSeconds: UInt64?, nonce: Nonce?) {
    self.sender = sender
    self.operations = operations
    self.fee = fee
    self.validSeconds = validSeconds
    self.nonce = nonce
  }
}

/// A transaction ready to be signed: the answer of `POST /v1/transactions/prepare`.
public struct PreparedTransaction: Record {
  public static let schema = Schema(
    "PreparedTransaction", "A transaction ready to be signed.", PreparedTransaction.init,
    Field(1, "id", \.id, "Id that the transaction will have."),
    Field(2, "body", \.body, "What will be signed, readable."),
    Field(3, "bodyBytes", \.bodyBytes, "The body's canonical bytes."),
    Field(
      4, "bytesToSign", \.bytesToSign,
      "The exact bytes to sign with Ed25519: the signing domain, then the body's bytes."))

  public let id: Digest
  public let body: TransactionBody
  public let bodyBytes: Bytes
  public let bytesToSign: Bytes

  public init(_ body: TransactionBody) {
    self.init(id: body.id, body: body, bodyBytes: Bytes(body.encoded), bytesToSign: Bytes(body.bytesToSign))
  }

  init(id: Digest, body: TransactionBody, bodyBytes: Bytes, bytesToSign: Bytes) {
    self.id = id
    self.body = body
    self.bodyBytes = bodyBytes
    self.bytesToSign = bytesToSign
  }
}

/// A transaction that waits for a block: the answer of `POST /v1/transactions` without waiting.
public struct Submitted: Record {
  public static let schema = Schema(
    "Submitted", "A transaction that waits for a block.", Submitted.init,
    Field(1, "id", \.id, "Id under which its outcome will be found."))

  public let id: Digest
  public init(id: Digest) { self.id = id }
}

/// A committed transaction with what became of it: the answer of `GET /v1/transactions/{id}`.
public struct CommittedTransaction: Record {
  public static let schema = Schema(
    "CommittedTransaction", "A committed transaction with what became of it.", CommittedTransaction.init,
    Field(1, "time", \.time, "Time of its block, in milliseconds since the Unix epoch."),
    Field(2, "envelope", \.envelope, "The transaction as it was signed."),
    Field(3, "outcome", \.outcome, "Where it was committed, and what became of it."))

  public let time: Timestamp
  public let envelope: Envelope
  public let outcome: Outcome

  public init(time: Timestamp, envelope: Envelope, outcome: Outcome) {
    self.time = time
    self.envelope = envelope
    self.outcome = outcome
  }
}

/// A blob in the content store: the answer of `POST /v1/content`.
public struct StoredContent: Record {
  public static let schema = Schema(
    "StoredContent", "A blob in the content store.", StoredContent.init,
    Field(1, "digest", \.digest, "SHA-256 of the blob: its name."),
    Field(2, "sizeBytes", \.sizeBytes, "Length, in bytes."))

  public let digest: Digest
  public let sizeBytes: UInt64

  public init(digest: Digest, sizeBytes: UInt64) {
    self.digest = digest
    self.sizeBytes = sizeBytes
  }
}

/// Where in the committed history an event stands: a cursor from which a reader goes on.
public struct EventCursor: Record, Comparable {
  public static let schema = Schema(
    "EventCursor", "Where in the committed history an event stands.", EventCursor.init,
    Field(1, "height", \.height, "Height of the block."),
    Field(
      2, "position", \.position,
      "Position of the transaction in the block; the number of transactions for the block's own events."),
    Field(3, "index", \.index, "Position of the event within the transaction, from zero."))

  public let height: UInt64
  public let position: UInt32
  public let index: UInt32

  public init(height: UInt64, position: UInt32, index: UInt32) {
    self.height = height
    self.position = position
    self.index = index
  }

  public static func < (one: EventCursor, other: EventCursor) -> Bool {
    (one.height, one.position, one.index) < (other.height, other.position, other.index)
  }

  /// `12-0-3`: the form of `Last-Event-ID` and of the `after` parameter.
  public var text: String { "\(height)-\(position)-\(index)" }

  /// Reads ``text``.
  public init(cursor text: Substring) throws(FieldError) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw FieldError("expected a cursor such as 12-0-3") }
    self.init(
      height: try UInt64(text: parts[0]), position: try UInt32(text: parts[1]), index: try UInt32(text: parts[2]))
  }
}

/// One committed event: an entry of the history and of `GET /v1/events`.
public struct CommittedEvent: Record {
  public static let schema = Schema(
    "CommittedEvent", "One committed event.", CommittedEvent.init,
    Field(1, "cursor", \.cursor, "Where it stands in the history."),
    Field(2, "time", \.time, "Time of its block, in milliseconds since the Unix epoch."),
    Field(3, "transaction", \.transaction, "Id of the transaction that did it; missing for the block's own events."),
    Field(4, "event", \.event, "What happened."))

  public let cursor: EventCursor
  public let time: Timestamp
  public let transaction: Digest?
  public let event: EventEntry

  public init(cursor: EventCursor, time: Timestamp, transaction: Digest?, event: EventEntry) {
    self.cursor = cursor
    self.time = time
    self.transaction = transaction
    self.event = event
  }
}

/// One page of an account's history, newest first: the answer of `GET /v1/accounts/{address}/events`.
public struct EventPage: Record {
  public static let schema = Schema(
    "EventPage", "One page of an account's history, newest first.", EventPage.init,
    Field(1, "events", \.events, "Events, newest first."),
    Field(2, "next", \.next, "The `before` of the next page, as a cursor text; missing on the last one."))

  public let events: [CommittedEvent]
  public let next: String?

  public init(events: [CommittedEvent], next: String?) {
    self.events = events
    self.next = next
  }
}

/// A problem (RFC 9457): the body of every error, with the media type `application/problem+json`.
public struct Problem: Record {
  public static let schema = Schema(
    "Problem", "What went wrong (RFC 9457).", Problem.init,
    Field(1, "type", \.type, "`about:blank`, or the reference page of the rejection."),
    Field(2, "title", \.title, "The kind of problem, in words."),
    Field(3, "status", \.status, "The HTTP status."),
    Field(4, "detail", \.detail, "What was wrong, where, and what would be right."),
    Field(5, "module", \.module, "Module that rejected, when the ledger or the node did."),
    Field(6, "code", \.code, "Frozen number of the rejection."),
    Field(7, "reason", \.reason, "Name of the rejection."))

  public let type: String
  public let title: String
  public let status: UInt32
  public let detail: String
  public let module: String?
  public let code: UInt32?
  public let reason: String?

  public init(
    type: String = "about:blank", title: String, status: UInt32, detail: String, module: String? = nil,
    code: UInt32? = nil, reason: String? = nil
  ) {
    self.type = type
    self.title = title
    self.status = status
    self.detail = detail
    self.module = module
    self.code = code
    self.reason = reason
  }
}

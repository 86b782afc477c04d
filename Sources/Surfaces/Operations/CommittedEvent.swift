public import Cryptography
public import Encoding
public import LedgerKit

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

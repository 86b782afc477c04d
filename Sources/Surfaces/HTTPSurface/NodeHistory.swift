public import Cryptography
internal import Index
internal import LedgerKit
public import Node
public import Operations

/// A node answers for its history from its own index.
extension Node: History {
  public func transaction(_ id: Digest) async throws -> CommittedTransaction? {
    try await committedTransaction(id).map { found in
      CommittedTransaction(time: found.time, envelope: found.envelope, outcome: found.outcome)
    }
  }

  public func events(
    of account: Address, kind: String?, before: EventCursor?, limit: Int
  ) async throws -> EventPage {
    let page = try await eventPage(
      of: account, kind: kind, before: before.map(EventPlace.init), limit: UInt32(clamping: limit))
    return EventPage(events: page.events.map(CommittedEvent.init), next: page.next.map { EventCursor($0).text })
  }
}

extension EventPlace {
  init(_ cursor: EventCursor) {
    self.init(height: cursor.height, position: cursor.position, index: cursor.index)
  }
}

extension EventCursor {
  init(_ place: EventPlace) {
    self.init(height: place.height, position: place.position, index: place.index)
  }
}

extension CommittedEvent {
  init(_ event: HistoryEvent) {
    self.init(
      cursor: EventCursor(event.place), time: event.time, transaction: event.transaction, event: event.event)
  }
}

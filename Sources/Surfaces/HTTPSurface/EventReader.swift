internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Node
internal import Operations

/// Which events one client wants to hear.
struct EventFilter: Sendable {
  let account: Address?
  let kind: String?

  func takes(_ entry: EventEntry) -> Bool {
    let isOfAccount = account.map { entry.accounts.contains($0) } ?? true
    let isOfKind = kind.map { $0 == type(of: entry.event).jsonName } ?? true
    return isOfAccount && isOfKind
  }
}

/// Finds the events for one client in the node's blocks, on threads that may block.
struct EventReader: Sendable {
  /// Blocks that are read at a time when none has an event for the client.
  private static let batchBlocks: UInt64 = 32

  let node: Node
  let start: EventCursor
  let filter: EventFilter

  /// The events of the first block from `height` on that has some, as the stream carries them, and where to go on.
  func frames(from height: UInt64) async throws -> (text: String, next: UInt64) {
    try await withTaskExecutorPreference(BlockingExecutor.shared) { try await batch(from: height) }
  }

  /// Ends without a text after a batch, so that the client's absence is noticed and heartbeats are sent.
  private func batch(from height: UInt64) async throws -> (text: String, next: UInt64) {
    let end = min(node.head.height + 1, height + Self.batchBlocks)
    for height in height..<end {
      let text = try frames(at: height)
      if !text.isEmpty { return (text, height + 1) }
    }
    return ("", end)
  }

  private func frames(at height: UInt64) throws -> String {
    guard let header = try node.block(at: height)?.header, let results = try node.results(at: height) else {
      return ""
    }
    return results.committedEvents(at: header).filter { $0.cursor > start && filter.takes($0.event) }.map { event in
      "id: \(event.cursor.text)\nevent: \(type(of: event.event.event).jsonName)\ndata: \(event.json)\n\n"
    }.joined()
  }
}

public import Cryptography
public import Encoding
public import LedgerKit

/// A block and what became of it, as a node stores them.
public struct CommittedBlock: Sendable {
  public let block: Block
  public let results: BlockResults

  public init(block: Block, results: BlockResults) {
    self.block = block
    self.results = results
  }

  public var header: Header { block.header }

  /// Everything that happened in the block, in order; what the block itself did comes last.
  public var events: [HistoryEvent] {
    let ofTransactions = results.transactions.enumerated().flatMap { position, result in
      events(result.events, at: position, of: result.id)
    }
    return ofTransactions + events(results.events, at: results.transactions.count, of: nil)
  }

  private func events(_ entries: [EventEntry], at position: Int, of transaction: Digest?) -> [HistoryEvent] {
    entries.enumerated().map { index, entry in
      HistoryEvent(
        place: EventPlace(height: header.height, position: UInt32(position), index: UInt32(index)),
        time: header.time, transaction: transaction, event: entry)
    }
  }

  /// The event at `place`, or `nil` when the block has none there.
  public func event(at place: EventPlace) -> HistoryEvent? { events.first { $0.place == place } }

  /// The envelope at `position`, or `nil` when the block has fewer transactions.
  public func envelope(at position: UInt32, _ unions: Unions) throws(DecodingError) -> Envelope? {
    guard position < block.transactions.count else { return nil }
    return try Envelope(encoded: block.transactions[Int(position)].array, unions: unions)
  }

  /// The transaction at `position`, or `nil` when the block has fewer.
  public func transaction(at position: UInt32, _ unions: Unions) throws(DecodingError) -> HistoryTransaction? {
    guard let envelope = try envelope(at: position, unions), position < results.transactions.count else { return nil }
    let outcome = Outcome(
      height: header.height, position: position, result: results.transactions[Int(position)])
    return HistoryTransaction(time: header.time, envelope: envelope, outcome: outcome)
  }
}

/// A committed transaction with what became of it.
public struct HistoryTransaction: Sendable, Equatable {
  /// Time of its block.
  public let time: Timestamp
  public let envelope: Envelope
  public let outcome: Outcome
}

/// A committed event with where and when it happened.
public struct HistoryEvent: Sendable, Equatable {
  public let place: EventPlace
  /// Time of its block.
  public let time: Timestamp
  /// Id of the transaction that did it; `nil` for the block's own events.
  public let transaction: Digest?
  public let event: EventEntry
}

internal import Cryptography
internal import Encoding
internal import Index
internal import LedgerKit
internal import Logging
internal import Storage

/// What happened on the chain: found through the index, read from the blocks.
struct History: Sendable {
  let store: ChainStore
  let unions: Unions
  let index: Index
  /// Whether somebody feeds the index.
  let isIndexed: Bool

  init(
    store: ChainStore, unions: Unions, indexPath: String, isIndexed: Bool = true, genesis: Genesis, logger: Logger
  ) throws(IndexError) {
    self.isIndexed = isIndexed
    self.store = store
    self.unions = unions
    let chain = Index.Chain(genesis: genesis.digest) { height in
      try? store.decodedBlock(at: height, unions)?.header.digest
    }
    index = try Index(path: indexPath, chain: chain, logger: logger)
  }

  /// The block of `height` with its results, or `nil` where there is none.
  func block(at height: UInt64) throws(HistoryError) -> CommittedBlock? {
    do {
      guard let block = try store.decodedBlock(at: height, unions), let results = try store.results(at: height)
      else { return nil }
      return CommittedBlock(block: block, results: try BlockResults(encoded: results, unions: unions))
    } catch let error as StorageError where error.kind == .pruned {
      throw .pruned(error.message)
    } catch { throw .unreadable("block \(height): \(error)") }
  }
}

extension History {
  /// Blocks at the most that are searched when the index lacks them.
  private static let unindexedBlocks: UInt64 = 16

  /// The transaction `id` once it is committed; the newest blocks count even before they are indexed.
  ///
  /// - Throws: `behind`, or `notIndexed`, when it may stand in a block that is neither indexed nor among the newest.
  func transaction(_ id: Digest) async throws(HistoryError) -> HistoryTransaction? {
    do {
      let indexed = try await index.height()
      if let place = try await index.transaction(id) { return try transaction(at: place) }
      return try unindexedPlace(of: id, after: indexed).flatMap { place in try transaction(at: place) }
    } catch { throw HistoryError(error) }
  }

  private func unindexedPlace(of id: Digest, after indexed: UInt64?) throws(HistoryError) -> TransactionPlace? {
    guard let head = store.height else { return nil }
    let missing = indexed.map { $0 + 1 } ?? 0
    let first = max(missing, head - min(head, Self.unindexedBlocks))
    guard first <= head else { return nil }
    for height in first...head {
      let position = try block(at: height)?.results.transactions.firstIndex { $0.id == id }
      if let position { return TransactionPlace(height: height, position: UInt32(position)) }
    }
    guard first == missing else { throw isIndexed ? .behind(indexed: indexed, head: head) : .notIndexed }
    return nil
  }

  private func transaction(at place: TransactionPlace) throws(HistoryError) -> HistoryTransaction? {
    do { return try block(at: place.height)?.transaction(at: place.position, unions) } catch {
      throw HistoryError(error)
    }
  }

  /// Events in the order of `places`.
  func events(at places: [EventPlace]) throws(HistoryError) -> [HistoryEvent] {
    var blocks = BlockReader(history: self)
    var events: [HistoryEvent] = []
    for place in places {
      if let found = try blocks.block(at: place.height)?.event(at: place) { events.append(found) }
    }
    return events
  }
}

/// Reads blocks, each of a run of equal heights once.
private struct BlockReader {
  let history: History
  private var last: CommittedBlock?

  init(history: History) { self.history = history }

  mutating func block(at height: UInt64) throws(HistoryError) -> CommittedBlock? {
    if last?.header.height != height { last = try history.block(at: height) }
    return last
  }
}

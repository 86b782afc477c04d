internal import Chain
public import Cryptography
public import Index
public import LedgerKit
public import Logging
internal import Storage

extension Node {
  /// The block of `height`, or `nil` where there is none yet.
  public func block(at height: UInt64) throws(HistoryError) -> Block? { try history.block(at: height)?.block }

  /// The results of the block of `height`, or `nil` where there are none yet.
  public func results(at height: UInt64) throws(HistoryError) -> BlockResults? {
    try history.block(at: height)?.results
  }

  /// The transaction `id` with what became of it, or `nil` when it is not committed.
  ///
  /// - Throws: `behind` when the index lacks too many blocks to tell.
  public func committedTransaction(_ id: Digest) async throws(HistoryError) -> HistoryTransaction? {
    try await history.transaction(id)
  }

  /// One page of the events that concern `account`, or of all, newest first, as far as they are indexed.
  ///
  /// - Parameters:
  ///   - kind: the name in JSON of the events wanted, such as `transferred`; all when it is missing.
  ///   - before: the `next` of the page before.
  ///   - limit: events at the most; see ``Page``.
  /// - Returns: the events, and where the next page begins; `nil` on the last one.
  public func eventPage(
    of account: Address? = nil, kind: String? = nil, before: EventPlace? = nil, limit: UInt32 = 0
  ) async throws(HistoryError) -> (events: [HistoryEvent], next: EventPlace?) {
    guard history.isIndexed else { throw .notIndexed }
    let size = Page.size(limit)
    do {
      let places = try await history.index.events(of: account, kind: kind, before: before, limit: size + 1)
      return (try history.events(at: Array(places.prefix(size))), places.next(after: size))
    } catch { throw HistoryError(error) }
  }

  /// Throws the index of a node that does not run away, and builds it anew from the blocks.
  ///
  /// - Parameter progress: called now and then with the height indexed and the height of the last block.
  public static func reindex(
    _ configuration: Configuration, genesis: Genesis, logger: Logger,
    progress: (_ height: UInt64, _ head: UInt64) -> Void
  ) async throws {
    let ledger = try Ledger(genesis)
    let store = try ChainStore(path: configuration.chainPath)
    try Recovery.requireSame(genesis, in: store)
    if let first = store.firstKeptHeight, first > 1 {
      throw HistoryError.unreadable("blocks up to \(first - 1) were pruned, and an index is built from all blocks")
    }
    try Index.remove(configuration.indexPath)
    let history = try History(
      store: store, unions: ledger.unions, indexPath: configuration.indexPath, genesis: genesis, logger: logger)
    try await history.catchUp(progress: progress)
  }
}

extension Array {
  /// The element that a page of `size` ends with, when another page follows.
  fileprivate func next(after size: Int) -> Element? {
    count > size ? prefix(size).last : nil
  }
}

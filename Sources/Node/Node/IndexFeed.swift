internal import Index
internal import LedgerKit
internal import Logging
internal import ServiceLifecycle
internal import Storage

/// Feeds committed blocks to the index, behind the back of those who commit them.
struct IndexFeed: Service {
  let history: History
  /// Announces heights as they are committed.
  let heights: @Sendable () -> AsyncStream<UInt64>
  let logger: Logger

  /// Follows the chain until a graceful shutdown; what is missing then follows at the next start.
  func run() async throws {
    let heights = heights()
    await catchUp()
    for await _ in heights.cancelOnGracefulShutdown() { await catchUp() }
    // The heights also end when a block cannot be stored; then the engine says why, and this service must not end before it.
    try? await gracefulShutdown()
  }

  /// A failure concerns the index alone, so it is told and the next block tries again.
  private func catchUp() async {
    do { try await history.catchUp() } catch {
      logger.error("the index fell behind; if this stays, rebuild it", metadata: ["why": "\(error)"])
    }
  }
}

extension History {
  /// Blocks and transactions at the most that are indexed together.
  private static let batch = (blocks: 256, transactions: 4096)

  /// Indexes the blocks that the index lacks, until the task is cancelled or its services shut down.
  func catchUp(progress: (_ height: UInt64, _ head: UInt64) -> Void = { _, _ in }) async throws(HistoryError) {
    do {
      let first = store.firstConnectedHeight
      var next = max(try await index.height().map { $0 + 1 } ?? 0, first)
      while !Task.isCancelled, !Task.isShuttingDownGracefully {
        let blocks = try batch(from: next)
        guard let last = blocks.last?.header.height else { return }
        try await index.append(blocks, from: first)
        progress(last, store.height ?? last)
        next = last + 1
      }
    } catch { throw HistoryError(error) }
  }

  private func batch(from first: UInt64) throws(HistoryError) -> [CommittedBlock] {
    var blocks: [CommittedBlock] = []
    var transactions = 0
    while blocks.count < Self.batch.blocks, transactions < Self.batch.transactions,
      let block = try block(at: first + UInt64(blocks.count))
    {
      blocks.append(block)
      transactions += block.block.transactions.count
    }
    return blocks
  }
}

extension ChainStore {
  /// Height of the first block from which on none is missing: 0, unless blocks were pruned or are older than a snapshot.
  fileprivate var firstConnectedHeight: UInt64 { firstKeptHeight.map { $0 > 1 ? $0 : 0 } ?? 0 }
}

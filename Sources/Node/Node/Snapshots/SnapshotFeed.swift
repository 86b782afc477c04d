internal import Dispatch
internal import LedgerKit
internal import Logging
internal import ServiceLifecycle

/// Makes a snapshot every so many blocks, behind the back of those who commit them, and keeps the newest ones.
struct SnapshotFeed: Service {
  /// Snapshots that are kept.
  private static let keptCount = 2

  let genesis: Genesis
  let application: LedgerApplication
  /// Folder of the snapshots.
  let path: String
  let everyBlocks: UInt64
  /// Announces heights as they are committed.
  let heights: @Sendable () -> AsyncStream<UInt64>
  let logger: Logger

  func run() async throws {
    let heights = heights()
    var last = (try? SnapshotFolder.all(in: path))?.last?.manifest.header.height ?? 0
    await makeIfDue(&last)
    for await _ in heights.cancelOnGracefulShutdown() { await makeIfDue(&last) }
    // As with the index, a failed commit is the engine's to tell.
    try? await gracefulShutdown()
  }

  /// - Parameter last: height of the snapshot before.
  private func makeIfDue(_ last: inout UInt64) async {
    let head = application.head.height
    guard head > last, head - last >= everyBlocks else { return }
    last = head
    await make()
  }

  /// A failure concerns the snapshot alone, so it is told and a later block tries again.
  private func make() async {
    let source = SnapshotSource(
      genesis: genesis, ledger: application.ledger, store: application.store, committed: application.committed)
    let folder = path + "/\(source.committed.header.height)"
    // Writing takes seconds, in which a thread of the tasks would be missed.
    let made = await withCheckedContinuation { continuation in
      DispatchQueue.global(qos: .utility).async {
        continuation.resume(returning: Result { () throws(SnapshotError) in try source.write(to: folder) })
      }
    }
    do throws(SnapshotError) {
      let snapshot = try made.get()
      for old in try SnapshotFolder.all(in: path).dropLast(Self.keptCount) { try old.remove() }
      logger.info("snapshot made", metadata: ["folder": "\(folder)", "name": "\(snapshot.manifest.name)"])
    } catch { logger.error("no snapshot was made", metadata: ["why": "\(error)"]) }
  }
}

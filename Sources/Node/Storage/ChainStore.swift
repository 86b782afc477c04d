internal import Synchronization

/// The durable state of one chain: its blocks and their results in a log, and the state that follows from them in a database.
///
/// The log carries durability: a commit is made when its block is there. The state is flushed behind it, all columns as of one
/// height, and after a crash the blocks since then are to be executed again. The store may be used from any thread; commits are
/// made one at a time.
public final class ChainStore: Sendable {
  private struct Progress {
    /// Height of the block that the state follows from.
    var height: UInt64?
    /// Height up to which the state was on disk when it was last looked at.
    var flushedHeight: UInt64?
    /// Bytes of the blocks after that.
    var unflushedBytes = 0
    /// Whether a commit failed, so that it is open what is stored until the store is opened again.
    var hasFailed = false
  }

  private let log: BlockLog
  private let database: Database
  private let limits: Limits
  private let progress: Mutex<Progress>

  /// Opens the store in the directory `path`, creating it where it is missing.
  public init(path: String, limits: Limits = .init()) throws(StorageError) {
    self.limits = limits
    database = try Database(stateOf: path, limits)
    log = try BlockLog(storeOf: path, limits)
    let height = try database.value(in: .meta, at: Database.heightKey).map { UInt64(littleEndianBytes: $0[...]) }
    if let height, log.last.map({ $0 < height }) ?? true {
      throw StorageError(
        kind: .corrupt, message: "the state is that of block \(height), which the block log at \(log.path) lacks",
        file: nil)
    }
    progress = Mutex(Progress(height: height, flushedHeight: height))
  }

  /// Flushes the state, so that the next start executes nothing again; a failure costs that start time, and nothing else. After
  /// a failed commit nothing more is written.
  deinit {
    try? progress.withLock { (progress) throws(StorageError) in if !progress.hasFailed { try flush(&progress) } }
  }

  /// Height of the last commit, or `nil` before the first.
  public var height: UInt64? { log.last }

  /// Height of the block that the state follows from; behind `height` only after a crash, until `advance` has caught up.
  public var stateHeight: UInt64? { progress.withLock { $0.height } }

  /// The first height after those that were pruned; `nil` before the first commit.
  public var firstKeptHeight: UInt64? { log.firstKept }

  /// What was dropped at opening: a write that a crash cut short, of which nobody was told that it was done.
  public var cutOff: String? { log.cutOff }

  /// Makes `commit` durable: its block is on disk when the call returns, and its changes are in the state.
  ///
  /// - Throws: `invalid` when the height does not follow the last one, or the state is behind; nothing is changed then. After
  ///   any other error it is open whether the commit was made, until the store is opened again.
  public func commit(_ commit: Commit) throws(StorageError) {
    try progress.withLock { (progress) throws(StorageError) in
      guard progress.height == log.last else {
        throw StorageError(
          invalid: "the state is behind the blocks; execute those it lacks before others are committed")
      }
      do throws(StorageError) {
        try log.append(commit.block, commit.results, height: commit.height)
        progress.unflushedBytes += commit.block.count + commit.results.count
        try advance(&progress, to: commit.height, commit.changes)
      } catch {
        progress.hasFailed = progress.hasFailed || error.kind != .invalid
        throw error
      }
    }
  }

  /// Brings the state to `height`, the one after `stateHeight`, by the changes of the block that the log has there.
  public func advance(to height: UInt64, _ changes: [Commit.Change]) throws(StorageError) {
    try progress.withLock { (progress) throws(StorageError) in
      guard height <= log.last ?? 0, progress.height.map({ $0 < height && height - $0 == 1 }) ?? true else {
        throw StorageError(invalid: "the changes of block \(height) do not follow those of the state")
      }
      try advance(&progress, to: height, changes)
    }
  }

  private func advance(
    _ progress: inout Progress, to height: UInt64, _ changes: [Commit.Change]
  ) throws(StorageError) {
    var batch = Batch()
    for change in changes { batch.set(change) }
    batch.setHeight(height)
    try database.write(batch)
    progress.height = height
    try boundReplay(&progress, height)
  }

  /// Flushes when a crash now would leave too much to execute again.
  private func boundReplay(_ progress: inout Progress, _ height: UInt64) throws(StorageError) {
    let flushed = try database.flushedHeight()
    if flushed != progress.flushedHeight { progress.unflushedBytes = 0 }
    progress.flushedHeight = flushed
    let isBounded = flushed.map { height - $0 < limits.unflushedBlocks } ?? false
    guard !isBounded || progress.unflushedBytes >= limits.unflushedBytes else { return }
    try flush(&progress)
  }

  /// Brings the state to disk.
  public func flush() throws(StorageError) {
    try progress.withLock { (progress) throws(StorageError) in try flush(&progress) }
  }

  private func flush(_ progress: inout Progress) throws(StorageError) {
    guard let height = progress.height, height != progress.flushedHeight else { return }
    try database.flushState(of: height)
    progress.flushedHeight = height
    progress.unflushedBytes = 0
  }
}

extension ChainStore {
  /// The block of `height`, or `nil` where there is none yet.
  ///
  /// - Throws: `pruned`; `corrupt` with file, offset and height when its bytes are not those that were written.
  public func block(at height: UInt64) throws(StorageError) -> [UInt8]? { try log.entry(at: height)?.block }

  /// The results of the block of `height`, or `nil` where there are none yet.
  ///
  /// - Throws: as `block(at:)`.
  public func results(at height: UInt64) throws(StorageError) -> [UInt8]? { try log.entry(at: height)?.results }

  /// Height of the last block in the oldest file that `prune` may delete; `nil` where it may delete none.
  public var prunableHeight: UInt64? { log.prunableHeight }

  /// Deletes whole files of blocks below `height`; the first block stays, and what a crash would make the next start execute again.
  public func prune(below height: UInt64) throws(StorageError) {
    try progress.withLock { (progress) throws(StorageError) in
      if let flushed = progress.flushedHeight { try log.prune(below: min(height, flushed)) }
    }
  }

  /// The state after the last commit, whatever is committed later.
  public func state() -> StateSnapshot {
    progress.withLock { StateSnapshot(database.snapshot(), height: $0.height) }
  }
}

internal import Cryptography
internal import Synchronization

/// The durable state of one chain: its blocks and their results, the state after the last block, and named singletons.
///
/// It may be used from any thread; commits are made one at a time.
public final class ChainStore: Sendable {
  private let database: Database
  private let committed: Mutex<UInt64?>

  /// Opens the store in the directory `path`, creating it where it is missing.
  public init(path: String, limits: Database.Limits = .init()) throws(StorageError) {
    database = try Database(path: path, columns: [.state, .keys, .blocks, .results, .meta], limits: limits)
    committed = Mutex(try Self.height(of: database))
  }

  private static func height(of database: Database) throws(StorageError) -> UInt64? {
    guard let last = try database.last(in: .blocks) else { return nil }
    guard last.key.count == 8 else {
      throw StorageError(invalid: "the database at \(database.path) is not a chain's: a block has no height")
    }
    return last.key.reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Height of the last commit, or `nil` before the first.
  public var height: UInt64? { committed.withLock { $0 } }

  /// Makes `commit` durable, in one atomic write that is on disk when the call returns.
  ///
  /// - Throws: `invalid` when the height does not follow the last one; nothing is changed then. After any other error it is
  ///   open whether the commit was made, until the store is opened again.
  public func commit(_ commit: Commit) throws(StorageError) {
    try committed.withLock { (committed) throws(StorageError) in
      if let last = committed, last == .max || commit.height != last + 1 {
        throw StorageError(invalid: "a commit of height \(commit.height) does not follow height \(last)")
      }
      try database.commit(Batch(commit))
      committed = commit.height
    }
  }

  /// The block of `height`, or `nil` where there is none.
  public func block(at height: UInt64) throws(StorageError) -> [UInt8]? {
    try database.value(in: .blocks, at: height.key)
  }

  /// The results of the block of `height`, or `nil` where there are none.
  public func results(at height: UInt64) throws(StorageError) -> [UInt8]? {
    try database.value(in: .results, at: height.key)
  }

  /// The singleton called `name`, or `nil` where there is none.
  public func meta(_ name: String) throws(StorageError) -> [UInt8]? {
    try database.value(in: .meta, at: Array(name.utf8))
  }

  /// The state after the last commit, whatever is committed later.
  public func state() -> StateSnapshot {
    committed.withLock { StateSnapshot(database.snapshot(), height: $0) }
  }
}

extension Column {
  /// Key to value.
  static let state = Column("state")
  /// SHA-256 of a key of the state to the key.
  static let keys = Column("keys")
  /// Height to block.
  static let blocks = Column("blocks")
  /// Height to results.
  static let results = Column("results")
  /// Name to singleton.
  static let meta = Column("meta")
}

extension Batch {
  init(_ commit: Commit) {
    self.init()
    set(commit.block, in: .blocks, at: commit.height.key)
    set(commit.results, in: .results, at: commit.height.key)
    for change in commit.changes {
      set(change.value, in: .state, at: change.key)
      set(change.value.map { _ in change.key }, in: .keys, at: Digest(of: change.key).bytes)
    }
    for (name, value) in commit.meta { set(value, in: .meta, at: Array(name.utf8)) }
  }
}

extension UInt64 {
  /// Big-endian, so that heights are stored in their order.
  fileprivate var key: [UInt8] { withUnsafeBytes(of: bigEndian) { Array($0) } }
}

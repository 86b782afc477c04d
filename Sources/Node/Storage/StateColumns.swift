internal import Cryptography

extension Column {
  /// Key to value.
  static let state = Column("state")
  /// SHA-256 of a key of the state to the key.
  static let keys = Column("keys")
  /// The height of the block that the other columns follow from.
  static let meta = Column("meta")
}

extension Batch {
  /// Sets a key of the state, or deletes it where the change has no value.
  mutating func set(_ change: Commit.Change) {
    set(change.value, in: .state, at: change.key)
    guard change.isNew || change.value == nil else { return }
    set(change.value.map { _ in change.key }, in: .keys, at: Digest(of: change.key).bytes)
  }

  /// Says of which block the state is.
  mutating func setHeight(_ height: UInt64) { set(height.littleEndianBytes, in: .meta, at: Database.heightKey) }
}

extension Database {
  static let heightKey = Array("height".utf8)

  /// The state of the store in the directory `path`.
  convenience init(stateOf path: String, _ limits: ChainStore.Limits) throws(StorageError) {
    try self.init(path: path + "/state", columns: [.state, .keys, .meta], limits: limits.state)
  }

  /// Height of the block that the state on disk follows from.
  func flushedHeight() throws(StorageError) -> UInt64? {
    try flushedValue(in: .meta, at: Self.heightKey).map { UInt64(littleEndianBytes: $0[...]) }
  }

  /// Brings the state to disk.
  ///
  /// - Throws: when it is not that of `height` there afterwards.
  func flushState(of height: UInt64) throws(StorageError) {
    try flush(throughChangesOf: .meta)
    guard try flushedHeight() == height else {
      // A write tells what kept the disk from it.
      try write(Batch())
      throw StorageError(kind: .failed, message: "the state at \(path) cannot be flushed", file: nil)
    }
  }
}

extension BlockLog {
  /// The blocks of the store in the directory `path`.
  convenience init(storeOf path: String, _ limits: ChainStore.Limits) throws(StorageError) {
    try self.init(path: path + "/blocks", segmentBytes: limits.segmentBytes)
  }
}

internal import CRocksDB

/// A database as it was when the snapshot was taken, whatever is committed later.
///
/// It keeps the database open, and what it can see on disk, until it goes away.
public final class Snapshot: Sendable {
  private let database: Database
  nonisolated(unsafe) private let pointer: OpaquePointer

  init(of database: Database) {
    self.database = database
    pointer = rocksdb_create_snapshot(database.handle)
  }

  deinit { rocksdb_release_snapshot(database.handle, pointer) }

  private var view: View { View(database: database, snapshot: pointer) }
}

extension Snapshot {
  /// See ``Database/value(in:at:)``.
  public func value(in column: Column, at key: [UInt8]) throws(StorageError) -> [UInt8]? {
    try view.value(in: column, at: key)
  }

  /// See ``Database/scan(in:from:to:isCached:_:)``.
  public func scan(
    in column: Column, from start: [UInt8] = [], to end: [UInt8]? = nil, isCached: Bool = true,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> Bool
  ) throws(StorageError) {
    try view.scan(Scan(start: start, end: end, isCached: isCached), in: column, body)
  }
}

extension Database {
  /// The database as it is now.
  public func snapshot() -> Snapshot { Snapshot(of: self) }

  /// The value of `key` in `column`, or `nil` where there is none.
  public func value(in column: Column, at key: [UInt8]) throws(StorageError) -> [UInt8]? {
    try view.value(in: column, at: key)
  }

  /// The value of `key` in `column` as far as it is on disk, or `nil` where there is none: what a crash would leave.
  func flushedValue(in column: Column, at key: [UInt8]) throws(StorageError) -> [UInt8]? {
    try View(database: self, snapshot: nil, isFlushedOnly: true).value(in: column, at: key)
  }

  /// Calls `body` with the entries of `column` from `start` up to but without `end`, in the order of their keys as unsigned
  /// bytes, until it returns `false`.
  ///
  /// All entries are those of the moment of the call.
  /// - Parameters:
  ///   - end: `nil` for the end of the column.
  ///   - isCached: `false` for a long scan that should leave the cache to others.
  public func scan(
    in column: Column, from start: [UInt8] = [], to end: [UInt8]? = nil, isCached: Bool = true,
    _ body: (_ key: [UInt8], _ value: [UInt8]) -> Bool
  ) throws(StorageError) {
    try view.scan(Scan(start: start, end: end, isCached: isCached), in: column, body)
  }

  private var view: View { View(database: self, snapshot: nil) }
}

internal import CRocksDB

/// Changes that are committed together or not at all; of two changes to one key the later holds.
public struct Batch: Sendable {
  private enum Change {
    case put(Column, key: [UInt8], value: [UInt8])
    case delete(Column, key: [UInt8])
  }
  private var changes: [Change] = []

  public init() {}

  /// Sets `key` in `column` to `value`, or deletes it where `value` is `nil`.
  public mutating func set(_ value: [UInt8]?, in column: Column, at key: [UInt8]) {
    changes.append(value.map { .put(column, key: key, value: $0) } ?? .delete(column, key: key))
  }

  /// Appends the changes to RocksDB's batch `updates` for `database`.
  func write(to updates: OpaquePointer, of database: Database) throws(StorageError) {
    for change in changes {
      switch change {
      case .put(let column, let key, let value):
        let family = try database.family(column)
        rocksdb_writebatch_put_cf(updates, family, key, key.count, value, value.count)
      case .delete(let column, let key):
        rocksdb_writebatch_delete_cf(updates, try database.family(column), key, key.count)
      }
    }
  }
}

extension Database {
  /// Makes the changes of `batch`, atomically; they are on disk when the call returns.
  public func commit(_ batch: Batch) throws(StorageError) {
    let updates: OpaquePointer = rocksdb_writebatch_create()
    defer { rocksdb_writebatch_destroy(updates) }
    try batch.write(to: updates, of: self)
    let options: OpaquePointer = rocksdb_writeoptions_create()
    defer { rocksdb_writeoptions_destroy(options) }
    rocksdb_writeoptions_set_sync(options, 1)
    try checked { rocksdb_write(handle, options, updates, $0) }
  }
}

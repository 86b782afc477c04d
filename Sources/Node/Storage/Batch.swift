internal import CRocksDB

/// Changes that are made together or not at all; of two changes to one key the later holds.
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
  /// Makes the changes of `batch`, atomically. They are on disk after a flush, together with all that were made before.
  public func write(_ batch: Batch) throws(StorageError) {
    let updates: OpaquePointer = rocksdb_writebatch_create()
    defer { rocksdb_writebatch_destroy(updates) }
    try batch.write(to: updates, of: self)
    let options: OpaquePointer = rocksdb_writeoptions_create()
    defer { rocksdb_writeoptions_destroy(options) }
    rocksdb_writeoptions_disable_WAL(options, 1)
    // Changes come in the order of their keys, so each goes in near the one before.
    rocksdb_writeoptions_set_memtable_insert_hint_per_batch(options, 1)
    try checked { rocksdb_write(handle, options, updates, $0) }
  }

  /// Brings all writes to disk, when changes of `column` are among those that are not there yet.
  ///
  /// Compacting makes RocksDB flush all columns as one. Its call for flushing takes a single column from C, and would bring that
  /// one to disk without the others. Neither tells of a failure: the caller looks with ``flushedValue(in:at:)``.
  func flush(throughChangesOf column: Column) throws(StorageError) {
    rocksdb_compact_range_cf(handle, try family(column), nil, 0, nil, 0)
  }
}

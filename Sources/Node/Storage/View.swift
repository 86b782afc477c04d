internal import CRocksDB

/// A database as it is, or as it was at a snapshot.
struct View {
  let database: Database
  /// `nil` for the moment of each read.
  let snapshot: OpaquePointer?
  /// Whether writes that are not on disk are left out.
  var isFlushedOnly = false

  func value(in column: Column, at key: [UInt8]) throws(StorageError) -> [UInt8]? {
    let family = try database.family(column)
    let options: OpaquePointer = rocksdb_readoptions_create()
    defer { rocksdb_readoptions_destroy(options) }
    rocksdb_readoptions_set_snapshot(options, snapshot)
    if isFlushedOnly { rocksdb_readoptions_set_read_tier(options, Self.persistedTier) }
    let slice = try database.checked {
      rocksdb_get_pinned_cf(database.handle, options, family, key, key.count, $0)
    }
    guard let slice else { return nil }
    defer { rocksdb_pinnableslice_destroy(slice) }
    var count = 0
    let start = rocksdb_pinnableslice_value(slice, &count)
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }

  func scan(_ scan: Scan, in column: Column, _ body: ([UInt8], [UInt8]) -> Bool) throws(StorageError) {
    let family = try database.family(column)
    guard !scan.isEmpty else { return }
    let cursor = Cursor(scan, in: family, of: database, at: snapshot)
    while let entry = cursor.entry, body(entry.key, entry.value) { cursor.advance() }
    try cursor.finish(database)
  }

  /// RocksDB's number for reads that leave out what is only in memory.
  private static let persistedTier: Int32 = 2
}

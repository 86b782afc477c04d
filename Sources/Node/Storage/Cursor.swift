internal import CRocksDB

/// The bounds of a scan and the way through it.
struct Scan: Sendable {
  /// The first key that belongs to the scan.
  var start: [UInt8] = []
  /// The first key after the scan; `nil` for the end of the column.
  var end: [UInt8]?
  /// Whether what is read pushes other blocks out of the cache.
  var isCached = true

  var isEmpty: Bool { end.map { !start.lexicographicallyPrecedes($0) } ?? false }
}

/// A position in a scan over one column.
struct Cursor: ~Copyable {
  private let iterator: OpaquePointer
  private let options: OpaquePointer
  /// RocksDB does not copy the bounds.
  private let bounds: [UnsafeMutableBufferPointer<CChar>]

  /// - Parameter snapshot: the fixed point to read at; `nil` for the moment of the call.
  init(_ scan: Scan, in family: OpaquePointer, of database: Database, at snapshot: OpaquePointer?) {
    options = rocksdb_readoptions_create()
    bounds = [scan.start, scan.end].compactMap { $0.map(Self.copy) }
    rocksdb_readoptions_set_snapshot(options, snapshot)
    rocksdb_readoptions_set_fill_cache(options, scan.isCached ? 1 : 0)
    rocksdb_readoptions_set_iterate_lower_bound(options, bounds[0].baseAddress, bounds[0].count)
    if scan.end != nil {
      rocksdb_readoptions_set_iterate_upper_bound(options, bounds[1].baseAddress, bounds[1].count)
    }
    iterator = rocksdb_create_iterator_cf(database.handle, options, family)
    rocksdb_iter_seek_to_first(iterator)
  }

  deinit {
    rocksdb_iter_destroy(iterator)
    rocksdb_readoptions_destroy(options)
    for bound in bounds { bound.deallocate() }
  }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutableBufferPointer<CChar> {
    let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
    _ = copy.initialize(fromContentsOf: bytes.map { CChar(bitPattern: $0) })
    return copy
  }
}

extension Cursor {
  /// The entry at the position, or `nil` at the end and after a failure.
  var entry: (key: [UInt8], value: [UInt8])? {
    guard rocksdb_iter_valid(iterator) != 0 else { return nil }
    return (bytes(rocksdb_iter_key), bytes(rocksdb_iter_value))
  }

  func advance() { rocksdb_iter_next(iterator) }

  /// Reports the failure that ended the scan early, if there was one.
  func finish(_ database: Database) throws(StorageError) {
    try database.checked { rocksdb_iter_get_error(iterator, $0) }
  }

  private func bytes(_ part: (OpaquePointer?, UnsafeMutablePointer<Int>?) -> UnsafePointer<CChar>?) -> [UInt8] {
    var count = 0
    let start = part(iterator, &count)
    return Array(UnsafeRawBufferPointer(start: start, count: count))
  }
}

internal import CRocksDB
internal import Foundation

/// An ordered key–value database on disk, in named columns, whose writes are atomic and are flushed together.
///
/// It may be used from any thread; every call can block on the disk. There is no log of writes: after a crash it is as of one of
/// the flushes, all columns alike. It closes when the last reference to it, those of its
/// snapshots included, goes away. At most one process has it open at a time.
public final class Database: Sendable {
  public let path: String
  /// RocksDB synchronises all calls itself.
  nonisolated(unsafe) let handle: OpaquePointer
  nonisolated(unsafe) private let families: [Column: OpaquePointer]

  /// Opens the database in the directory `path`, creating both where they are missing.
  ///
  /// - Parameter columns: at least the columns that the database already has; missing ones are created.
  /// - Throws: `inUse` when it is open elsewhere, `denied`, `full`, `corrupt`, `invalid`, `failed`.
  public init(path: String, columns: [Column], limits: Limits = Limits()) throws(StorageError) {
    try Directory.create(path)
    self.path = path
    (handle, families) = try Self.open(path, [.default] + columns, Options(limits), isReadOnly: false)
  }

  /// Opens the database in the directory `path` as it is on disk, for reading alone: nothing is changed there, and nobody is kept
  /// from it.
  init(reading path: String, columns: [Column]) throws(StorageError) {
    self.path = path
    (handle, families) = try Self.open(path, [.default] + columns, Options(Limits()), isReadOnly: true)
  }

  private static func open(
    _ path: String, _ columns: [Column], _ options: borrowing Options, isReadOnly: Bool
  ) throws(StorageError) -> (OpaquePointer, [Column: OpaquePointer]) {
    guard Set(columns).count == columns.count else {
      throw StorageError(invalid: "a column is named twice: \(columns.map(\.name).joined(separator: ", "))")
    }
    let names = columns.map { UnsafePointer(strdup($0.name)) }
    defer { for name in names { free(UnsafeMutableRawPointer(mutating: name)) } }
    let columnOptions = Array(repeating: Optional(options.pointer), count: columns.count)
    var families = [OpaquePointer?](repeating: nil, count: columns.count)
    let handle = try checked(path) { message in
      isReadOnly
        ? rocksdb_open_for_read_only_column_families(
          options.pointer, path, Int32(columns.count), names, columnOptions, &families, 0, message)
        : rocksdb_open_column_families(
          options.pointer, path, Int32(columns.count), names, columnOptions, &families, message)
    }
    guard let handle else { throw StorageError(status: "no reason given", directory: path) }
    return (handle, Dictionary(uniqueKeysWithValues: zip(columns, families.compactMap { $0 })))
  }

  deinit {
    for family in families.values { rocksdb_column_family_handle_destroy(family) }
    rocksdb_close(handle)
  }
}

extension Database {
  func family(_ column: Column) throws(StorageError) -> OpaquePointer {
    if let family = families[column] { return family }
    throw StorageError(invalid: "the database at \(path) was opened without the column \(column.name)")
  }

  /// What `call` gives, or the failure that it reports through its last argument.
  func checked<Result>(
    _ call: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) throws(StorageError) -> Result {
    try Self.checked(path, call)
  }

  private static func checked<Result>(
    _ path: String, _ call: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) throws(StorageError) -> Result {
    var message: UnsafeMutablePointer<CChar>?
    let result = call(&message)
    guard let message else { return result }
    defer { rocksdb_free(message) }
    throw StorageError(status: String(cString: message), directory: path)
  }
}

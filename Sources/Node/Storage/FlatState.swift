internal import Cryptography

/// The entries of a state as they are on disk; unlike a ``StateSnapshot`` it reports what cannot be read.
public struct FlatState: Sendable {
  private let database: Database
  /// Height of the block that the entries follow from; `nil` when they were never flushed.
  public let height: UInt64?

  init(path: String) throws(StorageError) {
    database = try Database(reading: path, columns: [.state, .keys, .meta])
    height = try database.value(in: .meta, at: Database.heightKey).map { UInt64(littleEndianBytes: $0[...]) }
  }

  /// Calls `body` with every entry in the order of the keys.
  ///
  /// - Throws: `corrupt` with the file when bytes are not those that were written, or the list of paths does not fit the entries.
  public func forEach(_ body: (_ key: [UInt8], _ value: [UInt8]) -> Void) throws(StorageError) {
    var fault: StorageError?
    try database.scan(in: .state, isCached: false) { key, value in
      body(key, value)
      do throws(StorageError) { try requirePath(of: key) } catch { fault = error }
      return fault == nil
    }
    if let fault { throw fault }
    try requireKeys()
  }

  /// Throws unless the path of `key` leads to it.
  private func requirePath(of key: [UInt8]) throws(StorageError) {
    let path = Digest(of: key)
    guard try database.value(in: .keys, at: path.bytes) == key else {
      throw StorageError(
        kind: .corrupt, message: "the state at \(database.path) has no path \(path) to a key that it holds", file: nil)
    }
  }

  /// Throws unless each path leads to a key that is there.
  private func requireKeys() throws(StorageError) {
    var fault: StorageError?
    try database.scan(in: .keys, isCached: false) { path, key in
      do throws(StorageError) {
        if try database.value(in: .state, at: key) != nil, Digest(of: key).bytes == path { return true }
        let message = "the state at \(database.path) has a path to a key that it does not hold"
        fault = StorageError(kind: .corrupt, message: message, file: nil)
      } catch { fault = error }
      return false
    }
    if let fault { throw fault }
  }
}

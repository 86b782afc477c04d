internal import Foundation

/// The files of a chain whose node does not run, read as they are: nothing on disk is changed, and no node starts meanwhile.
public final class ChainFiles: Sendable {
  private let path: String
  private let lock: LogFile

  /// - Parameter path: the directory of a ``ChainStore``.
  /// - Throws: `invalid` when no chain is there, `inUse` when a node runs there.
  public init(path: String) throws(StorageError) {
    self.path = path
    let lockPath = path + "/state/LOCK"
    guard FileManager.default.fileExists(atPath: lockPath) else {
      throw StorageError(
        invalid: "there is no chain at \(path): no node has started there yet, or its home is another folder")
    }
    lock = try .sharing(lockPath)
  }

  /// All blocks, from the first one on.
  public func blocks() throws(StorageError) -> BlockWalk { try BlockWalk(path: path + "/blocks") }

  /// The state as far as it is on disk.
  public func state() throws(StorageError) -> FlatState { try FlatState(path: path + "/state") }
}

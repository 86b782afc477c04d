internal import Foundation

/// Directories of the file system.
enum Directory {
  /// Creates the directory `path` and those above it, where they are missing.
  static func create(_ path: String) throws(StorageError) {
    guard !path.isEmpty else { throw StorageError(invalid: "the path of the database is empty") }
    for end in path.indices.dropFirst() where path[end] == "/" { try createOne(String(path[..<end])) }
    try createOne(path)
  }

  private static func createOne(_ path: String) throws(StorageError) {
    let readableByOwner: mode_t = 0o700
    guard mkdir(path, readableByOwner) != 0, errno != EEXIST else { return }
    throw StorageError(status: "creating the directory: \(String(cString: strerror(errno)))", directory: path)
  }
}

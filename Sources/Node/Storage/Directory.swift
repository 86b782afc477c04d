internal import Foundation

/// Directories of the file system.
enum Directory {
  /// Creates the directory `path` and those above it, where they are missing; their names are on disk when the call returns.
  static func create(_ path: String) throws(StorageError) {
    guard !path.isEmpty else { throw StorageError(invalid: "the path of the database is empty") }
    for end in path.indices.dropFirst() where path[end] == "/" { try createOne(String(path[..<end])) }
    try createOne(path)
  }

  private static func createOne(_ path: String) throws(StorageError) {
    let readableByOwner: mode_t = 0o700
    if mkdir(path, readableByOwner) == 0 { return try synchronize(parentOf: path) }
    guard errno != EEXIST else { return }
    throw StorageError(status: "creating the directory: \(String(cString: strerror(errno)))", directory: path)
  }

  /// Returns when the names in the directory that holds `path` are on disk.
  static func synchronize(parentOf path: String) throws(StorageError) {
    let parent = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let descriptor = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    defer { close(descriptor) }
    guard descriptor >= 0, fsync(descriptor) == 0 else {
      throw StorageError(status: "synchronising: \(String(cString: strerror(errno)))", directory: parent)
    }
  }

  /// Gives the directory `path` another name, which is on disk when the call returns.
  static func rename(_ path: String, to other: String) throws(StorageError) {
    guard Foundation.rename(path, other) == 0 else {
      throw StorageError(status: "renaming to \(other): \(String(cString: strerror(errno)))", directory: path)
    }
    try synchronize(parentOf: other)
  }

  /// Names of what lies in the directory `path`, sorted.
  static func names(in path: String) throws(StorageError) -> [String] {
    do { return try FileManager.default.contentsOfDirectory(atPath: path).sorted() } catch {
      throw StorageError(status: "listing: \(error)", directory: path)
    }
  }
}

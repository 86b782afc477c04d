internal import Cryptography
internal import Encoding
internal import Foundation

/// Where a provider keeps its journal.
struct WorkingFolder: Sendable {
  let path: String
  private var journal: String { path + "/journal.json" }

  /// Creates the folder where it is missing, and holds it against every other provider.
  func open() throws(ProviderError) -> FolderLock {
    try use(path) { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    return try FolderLock(path + "/LOCK")
  }

  /// What the last save wrote, or an empty journal.
  func load() throws(ProviderError) -> Journal {
    guard FileManager.default.fileExists(atPath: journal) else { return .empty }
    return try use(journal) {
      try Journal(json: JSON(parsing: Array(Data(contentsOf: URL(fileURLWithPath: journal)))))
    }
  }

  /// Replaces the journal; when this returns it is on disk, and a crash leaves either the old or the new one.
  func save(_ new: Journal) throws(ProviderError) {
    let draft = journal + ".new"
    try use(draft) {
      try Data(new.json.text(indent: 2).utf8).write(to: URL(fileURLWithPath: draft))
      try synchronize(draft)
    }
    guard rename(draft, journal) == 0 else { throw .folder(path: journal, detail: String(cString: strerror(errno))) }
    try use(path) { try synchronize(path) }
  }

  /// Returns when a file's bytes, or a folder's names, are on disk.
  private func synchronize(_ path: String) throws {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    try file.synchronize()
    try file.close()
  }
}

/// Does something with files; what fails is reported with their path.
func use<Value>(_ path: String, _ body: () throws -> Value) throws(ProviderError) -> Value {
  do { return try body() } catch { throw .folder(path: path, detail: "\(error)") }
}

/// Keeps a second provider out of a folder, until it is released or the process ends.
struct FolderLock: Sendable {
  private let descriptor: Int32

  init(_ path: String) throws(ProviderError) {
    descriptor = Foundation.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .folder(path: path, detail: String(cString: strerror(errno))) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .folder(path: path, detail: "another provider uses this folder")
    }
  }

  func release() { close(descriptor) }
}

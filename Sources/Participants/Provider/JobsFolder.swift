internal import Cryptography
internal import Encoding
internal import Foundation

/// Where a provider's running jobs have their folders; nothing in it outlives the process.
struct JobsFolder: Sendable {
  let path: String
  var trial: String { path + "/trial" }

  func job(_ deal: Identifier) -> String { "\(path)/\(deal)" }

  /// Creates the folder where it is missing, holds it against every other provider, and removes what the last one left.
  func open() throws(ProviderError) -> FolderLock {
    try use(path) { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
    try requireOwnership()
    let lock = try FolderLock(path + "/JOBS-LOCK")
    try removeLeftovers()
    return lock
  }

  func remove(_ deal: Identifier) throws(ProviderError) {
    guard FileManager.default.fileExists(atPath: job(deal)) else { return }
    try use(path) { try FileManager.default.removeItem(atPath: job(deal)) }
  }

  func read(_ file: String) throws(ProviderError) -> [UInt8] {
    try use(file) { Array(try Data(contentsOf: URL(fileURLWithPath: file))) }
  }

  /// Whoever owns the folder can replace what jobs read and deliver; in a folder for temporary files that may be anyone.
  private func requireOwnership() throws(ProviderError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .folder(path: path, detail: String(cString: strerror(errno))) }
    guard status.st_mode & S_IFMT == S_IFDIR else {
      throw .folder(path: path, detail: "it is not a folder itself; choose another for jobs")
    }
    guard status.st_uid == geteuid() else {
      throw .folder(
        path: path, detail: "it belongs to user \(status.st_uid), not to \(geteuid()); choose another for jobs")
    }
  }

  /// Removes only what a provider makes, because the folder may be one that holds something else.
  private func removeLeftovers() throws(ProviderError) {
    try use(path) {
      for name in try FileManager.default.contentsOfDirectory(atPath: path)
      where name == "trial" || (try? Identifier(text: name[...])) != nil {
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    }
  }
}

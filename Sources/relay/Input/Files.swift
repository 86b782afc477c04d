internal import Foundation

/// Files that a command reads and writes.
enum Files {
  static func read(_ path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else { throw Failure("cannot read \(path)") }
    return Array(data)
  }

  /// Writes a file, and the folders above it.
  static func write(_ bytes: [UInt8], to path: String) throws {
    let file = URL(filePath: path)
    do {
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(bytes).write(to: file)
    } catch { throw Failure("cannot write \(path): \(error.localizedDescription)") }
  }

  /// Writes a file that its owner alone can read, and the folders above it.
  static func write(secret bytes: [UInt8], to path: String) throws {
    let manager = FileManager.default
    let folder = URL(filePath: path).deletingLastPathComponent().path
    do {
      let readableByOwner: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
      try manager.createDirectory(
        atPath: folder, withIntermediateDirectories: true, attributes: readableByOwner)
    } catch { throw Failure("cannot make \(folder): \(error.localizedDescription)") }
    guard manager.createFile(atPath: path, contents: Data(bytes), attributes: [.posixPermissions: 0o600]) else {
      throw Failure("cannot write \(path)")
    }
  }
}

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
}

import Foundation

/// A fresh directory that is removed when the test that holds it ends.
final class TemporaryDirectory: Sendable {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("storage-\(UUID().uuidString)").path

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Paths of the files of a directory that end in `suffix`.
func files(_ suffix: String, in directory: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: directory).filter { $0.hasSuffix(suffix) }.sorted()
    .map { directory + "/" + $0 }
}

/// Inverts the bits of one byte of a file.
func flip(_ file: String, at offset: Int) throws {
  var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
  bytes[offset] ^= 0xFF
  try Data(bytes).write(to: URL(fileURLWithPath: file))
}

func size(_ file: String) throws -> Int {
  try Data(contentsOf: URL(fileURLWithPath: file)).count
}

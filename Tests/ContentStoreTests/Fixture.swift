import ContentStore
import Cryptography
import Foundation
import Synchronization

/// A store in a fresh directory, and the time it sees; the directory is removed when the test that holds it ends.
final class Fixture: Sendable {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("content-\(UUID().uuidString)").path
  private let seconds = Mutex<UInt64>(1_000_000)

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// A store of 100 bytes in all, 60 a blob, that keeps blobs for 10 seconds.
  func open(chargeBytes: UInt64 = 0) throws -> ContentStore {
    let limits = ContentStore.Limits(
      totalBytes: 100, blobBytes: 60, lifetimeSeconds: 10, chargeBytes: chargeBytes)
    return try ContentStore(path: path, limits: limits) { self.seconds.withLock { $0 } }
  }

  func pass(_ seconds: UInt64) { self.seconds.withLock { $0 += seconds } }

  /// Paths of all files but the lock.
  var files: [String] {
    let names = FileManager.default.subpaths(atPath: path) ?? []
    return names.map { path + "/" + $0 }.filter { file in
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: file, isDirectory: &isDirectory) && !isDirectory.boolValue
        && !file.hasSuffix("LOCK")
    }
  }

  /// Changes the bytes of the only file.
  func damage(_ change: (inout [UInt8]) -> Void) throws {
    for file in files {
      var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
      change(&bytes)
      try Data(bytes).write(to: URL(fileURLWithPath: file))
    }
  }
}

/// `count` bytes of `byte`.
func blob(_ byte: UInt8, _ count: Int) -> [UInt8] { Array(repeating: byte, count: count) }

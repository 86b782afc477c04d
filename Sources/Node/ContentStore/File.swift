internal import Foundation

/// An open file, closed when it goes away.
struct File: ~Copyable, Sendable {
  let path: String
  private let descriptor: Int32

  private init(_ path: String, _ flags: Int32) throws(ContentError) {
    let privateToOwner: mode_t = 0o600
    descriptor = open(path, flags | O_CLOEXEC, privateToOwner)
    guard descriptor >= 0 else { throw ContentError(errnoAfter: "opening", path) }
    self.path = path
  }

  init(reading path: String) throws(ContentError) { try self.init(path, O_RDONLY) }

  init(creating path: String) throws(ContentError) { try self.init(path, O_WRONLY | O_CREAT | O_EXCL) }

  /// Creates the file where it is missing.
  init(updating path: String) throws(ContentError) { try self.init(path, O_RDWR | O_CREAT) }

  deinit { _ = close(descriptor) }

  /// Holds the file, until it is closed, against everybody else who locks it.
  func lock() throws(ContentError) {
    guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
    throw ContentError(errnoAfter: "somebody else has the content store open: locking", path)
  }

  func write(_ bytes: [UInt8]) throws(ContentError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      guard written >= 0 || errno == EINTR else { throw ContentError(errnoAfter: "writing", path) }
      rest = rest.dropFirst(max(written, 0))
    }
  }

  /// The next bytes; fewer than `count` only at the end of the file.
  func read(_ count: Int) throws(ContentError) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < count {
      let part = try readOnce(count - bytes.count)
      guard !part.isEmpty else { break }
      bytes += part
    }
    return bytes
  }

  private func readOnce(_ count: Int) throws(ContentError) -> [UInt8] {
    var result = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      repeat { result = Foundation.read(descriptor, buffer.baseAddress, count) } while result < 0 && errno == EINTR
      initialized = max(result, 0)
    }
    guard result >= 0 else { throw ContentError(errnoAfter: "reading", path) }
    return bytes
  }

  /// Sets the time of the last change, in seconds since 1970.
  func setTime(_ seconds: UInt64) throws(ContentError) {
    let time = timespec(tv_sec: Int(clamping: seconds), tv_nsec: 0)
    guard futimens(descriptor, [time, time]) == 0 else { throw ContentError(errnoAfter: "setting the time of", path) }
  }

  /// Returns when the content, and for a directory the names, are on disk.
  func synchronize() throws(ContentError) {
    guard fsync(descriptor) == 0 else { throw ContentError(errnoAfter: "synchronising", path) }
  }
}

internal import Foundation

/// An open file of a block log; it closes when it goes away.
final class LogFile: Sendable {
  let path: String
  private let descriptor: Int32

  private init(path: String, flags: Int32) throws(StorageError) {
    self.path = path
    let readableByOwner: mode_t = 0o600
    descriptor = open(path, flags | O_CLOEXEC, readableByOwner)
    guard descriptor >= 0 else { throw StorageError(blockLog: path, while: "opening") }
  }

  deinit { close(descriptor) }

  static func reading(_ path: String) throws(StorageError) -> LogFile { try LogFile(path: path, flags: O_RDONLY) }

  static func writing(_ path: String) throws(StorageError) -> LogFile { try LogFile(path: path, flags: O_RDWR) }

  /// A file that nobody else has locked, and that nobody locks for himself as long as it is open.
  static func sharing(_ path: String) throws(StorageError) -> LogFile {
    let file = try reading(path)
    var lock = flock()
    lock.l_type = Int16(F_RDLCK)
    guard fcntl(file.descriptor, F_SETLK, &lock) == 0 else {
      throw StorageError(kind: .inUse, message: "\(path) is in use by another process; stop it first", file: path)
    }
    return file
  }

  /// A new, empty file, whose name is on disk when the call returns.
  static func creating(_ path: String) throws(StorageError) -> LogFile {
    let file = try LogFile(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
    try Directory.synchronize(parentOf: path)
    return file
  }

  func size() throws(StorageError) -> Int {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw StorageError(blockLog: path, while: "measuring") }
    return Int(status.st_size)
  }

  /// Bytes from `offset` on: `count` of them, or fewer where the file ends before.
  func bytes(at offset: Int, count: Int) throws(StorageError) -> [UInt8] {
    var isFailed = false
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let read = pread(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled, off_t(offset + filled))
        if read < 0, errno == EINTR { continue }
        isFailed = read < 0
        guard read > 0 else { return }
        filled += read
      }
    }
    guard !isFailed else { throw StorageError(blockLog: path, while: "reading") }
    return bytes
  }

  func write(_ bytes: [UInt8], at offset: Int) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { buffer in
        pwrite(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written, off_t(offset + written))
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw StorageError(blockLog: path, while: "writing") }
      written += count
    }
  }

  func truncate(to size: Int) throws(StorageError) {
    guard ftruncate(descriptor, off_t(size)) == 0 else { throw StorageError(blockLog: path, while: "cutting") }
  }

  /// Returns when everything that was written is on disk.
  func synchronize() throws(StorageError) {
    guard fdatasync(descriptor) == 0 else { throw StorageError(blockLog: path, while: "synchronising") }
  }
}

internal import Foundation

/// A file that its owner alone can read.
enum PrivateFile {
  /// Writes `bytes` as the file `name` of `folder`; after a crash the file is there whole or not at all.
  static func write(_ bytes: [UInt8], name: String, in folder: String) throws(KeyStoreError) {
    let draft = "\(folder)/.\(name).\(UUID().uuidString)"
    do throws(KeyStoreError) {
      try onDescriptor(of: draft, O_WRONLY | O_CREAT | O_EXCL) { (file) throws(KeyStoreError) in
        try write(bytes[...], to: file, draft)
      }
      guard rename(draft, "\(folder)/\(name)") == 0 else { throw failure("renaming", draft) }
    } catch {
      unlink(draft)
      throw error
    }
    try onDescriptor(of: folder, O_RDONLY) { _ in }
  }

  /// Opens `path`, and returns when what `body` did with it is on disk.
  private static func onDescriptor(
    of path: String, _ flags: Int32, _ body: (Int32) throws(KeyStoreError) -> Void
  ) throws(KeyStoreError) {
    let ownerOnly: mode_t = 0o600
    let descriptor = open(path, flags | O_CLOEXEC, ownerOnly)
    guard descriptor >= 0 else { throw failure("opening", path) }
    defer { close(descriptor) }
    try body(descriptor)
    guard fsync(descriptor) == 0 else { throw failure("synchronizing", path) }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: Int32, _ path: String) throws(KeyStoreError) {
    var rest = bytes
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Foundation.write(file, $0.baseAddress, $0.count) }
      guard written >= 0 || errno == EINTR else { throw failure("writing", path) }
      rest = rest.dropFirst(max(written, 0))
    }
  }

  private static func failure(_ action: String, _ path: String) -> KeyStoreError {
    KeyStoreError("\(action) \(path): \(String(cString: strerror(errno)))")
  }
}

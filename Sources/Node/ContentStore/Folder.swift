internal import Cryptography
internal import Encoding
internal import Foundation

/// Where a store keeps what on disk: blobs under the digits of their digest, uploads under way beside them.
struct Folder: Sendable {
  let path: String

  var lock: String { path + "/LOCK" }
  private var blobs: String { path + "/blobs" }
  private var incoming: String { path + "/incoming" }

  func upload(_ serial: UInt64) -> String { "\(incoming)/\(serial)" }

  func blob(_ digest: Digest) -> String { "\(shelf(digest).inner)/\(digest)" }

  private func shelf(_ digest: Digest) -> (outer: String, inner: String) {
    let digits = String(describing: digest)
    let outer = "\(blobs)/\(digits.prefix(2))"
    return (outer, "\(outer)/\(digits.dropFirst(2).prefix(2))")
  }

  func create() throws(ContentError) {
    for end in path.indices.dropFirst() where path[end] == "/" { _ = try Self.makeDirectory(String(path[..<end])) }
    for directory in [path, blobs, incoming] { _ = try Self.makeDirectory(directory) }
  }

  /// Moves a finished upload to its place.
  func place(_ upload: String, as digest: Digest) throws(ContentError) {
    let shelf = shelf(digest)
    if try Self.makeDirectory(shelf.outer) { try File(reading: blobs).synchronize() }
    if try Self.makeDirectory(shelf.inner) { try File(reading: shelf.outer).synchronize() }
    guard rename(upload, blob(digest)) == 0 else { throw ContentError(errnoAfter: "renaming", upload) }
    try File(reading: shelf.inner).synchronize()
  }

  /// Whether the directory was missing and is there now.
  private static func makeDirectory(_ path: String) throws(ContentError) -> Bool {
    let accessibleByOwner: mode_t = 0o700
    if mkdir(path, accessibleByOwner) == 0 { return true }
    guard errno == EEXIST else { throw ContentError(errnoAfter: "creating", path) }
    return false
  }

  static func remove(_ path: String) throws(ContentError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw ContentError(errnoAfter: "removing", path) }
  }
}

extension Folder {
  /// Removes what uploads left behind that a crash cut short.
  func removeUploads() throws(ContentError) {
    for name in try Self.names(below: incoming) { try Self.remove("\(incoming)/\(name)") }
  }

  /// Calls `body` with every blob, its size in bytes, and the time of its last put in seconds since 1970.
  func forEachBlob(_ body: (Digest, UInt64, UInt64) -> Void) throws(ContentError) {
    for name in try Self.names(below: blobs) {
      guard let digits = name.split(separator: "/").last, let digest = try? Digest(text: digits),
        "\(blobs)/\(name)" == blob(digest)
      else { continue }
      var status = stat()
      guard stat(blob(digest), &status) == 0 else { throw ContentError(errnoAfter: "examining", blob(digest)) }
      body(digest, UInt64(clamping: status.st_size), UInt64(clamping: status.st_mtim.tv_sec))
    }
  }

  private static func names(below path: String) throws(ContentError) -> [String] {
    guard let names = FileManager.default.subpaths(atPath: path) else {
      throw ContentError(.failed, "the directory \(path) cannot be listed")
    }
    return names
  }
}

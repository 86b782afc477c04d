public import Cryptography
internal import Synchronization

/// A blob on its way out of a store, piece by piece.
///
/// The last piece comes only when the whole has the right digest, so a damaged blob is never taken for a sound one.
public struct Download: ~Copyable, Sendable {
  public let digest: Digest
  public let sizeBytes: UInt64
  private let store: ContentStore
  private let file: File
  private let serial: UInt64
  private var found = RunningDigest()
  private var readBytes: UInt64 = 0
  private var isFinished = false

  init(_ digest: Digest, _ entry: Inventory.Entry, of store: ContentStore) throws(ContentError) {
    file = try File(reading: store.folder.blob(digest))
    self.digest = digest
    self.store = store
    sizeBytes = entry.sizeBytes
    serial = entry.serial
  }

  /// The next bytes, at most `count`, or `nil` after the last.
  ///
  /// - Throws: `corrupt` when the bytes on disk are not those that were stored; the blob is then removed.
  public mutating func next(_ count: Int = 64 << 10) throws(ContentError) -> [UInt8]? {
    guard !isFinished else { return nil }
    let bytes = try file.read(max(count, 1))
    found.update(bytes)
    readBytes += UInt64(bytes.count)
    if bytes.isEmpty || readBytes >= sizeBytes { try verify() }
    return bytes.isEmpty ? nil : bytes
  }

  private mutating func verify() throws(ContentError) {
    isFinished = found.digest == digest
    guard !isFinished else { return }
    try store.discard(digest, serial: serial)
    throw ContentError(
      .corrupt, "the blob \(digest) was damaged on disk and is removed (\(file.path)); store it again")
  }
}

extension Download {
  /// Sets the time of the last put, unless the blob was removed or stored anew since it was opened.
  func renew(at nowSeconds: UInt64) throws(ContentError) -> Bool {
    try store.inventory.withLock { (inventory) throws(ContentError) in
      guard inventory.entries[digest]?.serial == serial else { return inventory.entries[digest] != nil }
      try file.setTime(nowSeconds)
      try file.synchronize()
      inventory.renew(digest, at: nowSeconds)
      return true
    }
  }
}

extension ContentStore {
  /// Opens a blob for reading, or gives `nil` where it is missing or expired.
  public func open(_ digest: Digest) throws(ContentError) -> Download? {
    try inventory.withLock { (inventory) throws(ContentError) -> Download? in
      guard let entry = current(digest, in: inventory) else { return nil }
      do throws(ContentError) { return try Download(digest, entry, of: self) } catch {
        if error.kind == .missing { inventory.remove(digest) }
        throw error
      }
    }
  }

  /// The bytes of a blob, or `nil` where it is missing or expired.
  ///
  /// - Throws: `corrupt` when the bytes on disk are not those that were stored; the blob is then removed.
  public func read(_ digest: Digest) throws(ContentError) -> [UInt8]? {
    guard var download = try open(digest) else { return nil }
    var bytes: [UInt8] = []
    while let piece = try download.next() { bytes += piece }
    return bytes
  }

  /// Removes a damaged blob, unless it was stored anew since it was opened.
  fileprivate func discard(_ digest: Digest, serial: UInt64) throws(ContentError) {
    try inventory.withLock { (inventory) throws(ContentError) in
      guard inventory.entries[digest]?.serial == serial else { return }
      try Folder.remove(folder.blob(digest))
      inventory.remove(digest)
    }
  }
}

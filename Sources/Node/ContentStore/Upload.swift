public import Cryptography
internal import Synchronization

/// A blob on its way into a store, piece by piece; given up when it goes away unfinished.
public struct Upload: ~Copyable, Sendable {
  private let store: ContentStore
  private let file: File
  private let serial: UInt64
  private let expected: Digest?
  private var digest = RunningDigest()
  private var failure: ContentError?
  private var isStored = false
  /// Bytes appended so far.
  public private(set) var sizeBytes: UInt64 = 0
  /// Room reserved so far, in bytes.
  private var chargeBytes: UInt64 = 0

  init(to store: ContentStore, expecting expected: Digest?) throws(ContentError) {
    serial = store.inventory.withLock { $0.nextSerial() }
    file = try File(creating: store.folder.upload(serial))
    self.store = store
    self.expected = expected
  }

  deinit {
    if !isStored { store.abandon(file.path, chargeBytes) }
  }

  /// Adds `bytes` at the end.
  ///
  /// - Throws: `tooLarge`, `full`; the upload cannot go on after an error.
  public mutating func append(_ bytes: [UInt8]) throws(ContentError) {
    if let failure { throw failure }
    do throws(ContentError) { try add(bytes) } catch {
      failure = error
      throw error
    }
  }

  private mutating func add(_ bytes: [UInt8]) throws(ContentError) {
    let count = UInt64(bytes.count)
    guard count <= store.limits.blobBytes - sizeBytes else {
      throw ContentError(.tooLarge, "the blob is larger than the \(store.limits.blobBytes) bytes that a blob may have")
    }
    let charge = store.limits.charge(sizeBytes + count)
    try store.reserve(charge - chargeBytes)
    chargeBytes = charge
    sizeBytes += count
    try file.write(bytes)
    digest.update(bytes)
  }

  /// Stores the blob; it is on disk when the call returns.
  ///
  /// - Throws: `mismatch` when its digest is not the one expected; nothing is stored then.
  public consuming func finish() throws(ContentError) -> Digest {
    if let failure { throw failure }
    let found = digest.digest
    guard expected == nil || expected == found else {
      throw ContentError(.mismatch, "the bytes have the digest \(found), not the one announced")
    }
    let entry = Inventory.Entry(
      sizeBytes: sizeBytes, chargeBytes: chargeBytes, storedAtSeconds: store.clock(), serial: serial)
    try store.place(file, as: found, entry)
    isStored = true
    return found
  }
}

extension ContentStore {
  /// Starts to store a blob piece by piece.
  ///
  /// - Parameter expected: the digest that the whole must have, where it is known.
  /// - Throws: `full` when there is no room for the smallest blob.
  public func begin(expecting expected: Digest? = nil) throws(ContentError) -> Upload {
    var upload = try Upload(to: self, expecting: expected)
    try upload.append([])
    return upload
  }

  /// A new file takes the place of an old one, so that a put also mends a damaged blob.
  fileprivate func place(_ file: borrowing File, as digest: Digest, _ entry: Inventory.Entry)
    throws(ContentError)
  {
    try file.setTime(entry.storedAtSeconds)
    try file.synchronize()
    try inventory.withLock { (inventory) throws(ContentError) in
      try folder.place(file.path, as: digest)
      inventory.place(entry, digest)
    }
  }

  /// Gives back the room of an upload; what cannot be removed now is removed when the store is next opened.
  fileprivate func abandon(_ path: String, _ chargeBytes: UInt64) {
    try? Folder.remove(path)
    inventory.withLock { $0.release(chargeBytes) }
  }

  /// Reserves room for `bytes` more of an upload, sweeping when there is none.
  fileprivate func reserve(_ bytes: UInt64) throws(ContentError) {
    if inventory.withLock({ reserve(bytes, in: &$0) }) { return }
    try sweepAgain()
    try inventory.withLock { (inventory) throws(ContentError) in
      guard reserve(bytes, in: &inventory) else {
        throw ContentError(
          .full, "the store holds \(inventory.usedBytes) of \(limits.totalBytes) bytes: no room for \(bytes) more")
      }
    }
  }

  /// Whether there was room for `bytes`, which is now reserved.
  private func reserve(_ bytes: UInt64, in inventory: inout Inventory) -> Bool {
    guard inventory.usedBytes <= limits.totalBytes, bytes <= limits.totalBytes - inventory.usedBytes else {
      return false
    }
    inventory.reserve(bytes)
    return true
  }
}

public import Cryptography
internal import Foundation
internal import Synchronization

/// Blobs on local disk, found by their SHA-256, bounded in size and kept for a time.
///
/// A blob that has not expired is never given up: when the store is full, it refuses new ones. It may be used from any thread;
/// every call can block on the disk, so call it from a thread of your own rather than from the cooperative pool.
public final class ContentStore: Sendable {
  /// What the store may hold.
  public struct Limits: Sendable {
    /// All blobs together, in bytes, each counted with at least `chargeBytes`.
    public var totalBytes: UInt64
    /// One blob, in bytes.
    public var blobBytes: UInt64
    /// Time that a blob is kept after its last put, in seconds.
    public var lifetimeSeconds: UInt64
    /// What a blob counts for at least, in bytes: its file and its entry take room however small it is.
    public var chargeBytes: UInt64

    public init(totalBytes: UInt64, blobBytes: UInt64, lifetimeSeconds: UInt64, chargeBytes: UInt64 = 4096) {
      self.chargeBytes = chargeBytes
      self.totalBytes = totalBytes
      self.blobBytes = blobBytes
      self.lifetimeSeconds = lifetimeSeconds
    }
  }

  public let limits: Limits
  let folder: Folder
  /// Held as long as the store is open.
  private let lock: File
  let clock: @Sendable () -> UInt64
  let inventory: Mutex<Inventory>

  /// Opens the store in the directory `path`, creating it where it is missing, and clears what a crash left half done.
  ///
  /// - Parameter clock: the time in seconds since 1970.
  public init(
    path: String, limits: Limits, clock: @escaping @Sendable () -> UInt64 = ContentStore.wallClock
  ) throws(ContentError) {
    folder = Folder(path: path)
    try folder.create()
    lock = try File(updating: folder.lock)
    try lock.lock()
    try folder.removeUploads()
    var found = Inventory()
    try folder.forEachBlob { digest, sizeBytes, storedAtSeconds in
      let charge = limits.charge(sizeBytes)
      found.reserve(charge)
      found.place(
        .init(
          sizeBytes: sizeBytes, chargeBytes: charge, storedAtSeconds: storedAtSeconds, serial: found.nextSerial()),
        digest)
    }
    inventory = Mutex(found)
    self.limits = limits
    self.clock = clock
  }

  /// The time of the machine, in seconds since 1970.
  public static let wallClock: @Sendable () -> UInt64 = { UInt64(max(Date().timeIntervalSince1970, 0)) }
}

extension ContentStore {
  /// Bytes that are charged for the blobs, expired ones that were not swept yet included, and of the uploads under way.
  public var usedBytes: UInt64 { inventory.withLock { $0.usedBytes } }

  public func contains(_ digest: Digest) -> Bool { size(of: digest) != nil }

  /// Size of a blob in bytes, or `nil` where it is missing or expired.
  public func size(of digest: Digest) -> UInt64? {
    inventory.withLock { current(digest, in: $0)?.sizeBytes }
  }

  func current(_ digest: Digest, in inventory: Inventory) -> Inventory.Entry? {
    inventory.entries[digest].flatMap { $0.isExpired(limits.lifetimeSeconds, at: clock()) ? nil : $0 }
  }
}

extension ContentStore.Limits {
  /// What a blob of `sizeBytes` counts for, in bytes.
  func charge(_ sizeBytes: UInt64) -> UInt64 { max(sizeBytes, chargeBytes) }
}

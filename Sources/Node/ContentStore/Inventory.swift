internal import Cryptography

/// What a store holds and has promised room to.
struct Inventory: Sendable {
  struct Entry: Sendable {
    let sizeBytes: UInt64
    /// What it counts for in the store's room.
    let chargeBytes: UInt64
    /// Time of the last put, in seconds since 1970.
    var storedAtSeconds: UInt64
    /// Number of the put, which tells it from an earlier or later one of the same blob.
    let serial: UInt64
  }
  private(set) var entries: [Digest: Entry] = [:]
  /// Time of the last sweep, in seconds since 1970; `nil` before the first.
  var sweptAtSeconds: UInt64?
  /// Bytes charged for the blobs and for the uploads under way.
  private(set) var usedBytes: UInt64 = 0
  private var lastSerial: UInt64 = 0

  mutating func nextSerial() -> UInt64 {
    lastSerial += 1
    return lastSerial
  }

  mutating func reserve(_ bytes: UInt64) { usedBytes += bytes }

  mutating func release(_ bytes: UInt64) { usedBytes -= bytes }

  /// Turns the room reserved for an upload into a blob, which takes the place of an earlier one of the same digest.
  mutating func place(_ entry: Entry, _ digest: Digest) {
    remove(digest)
    entries[digest] = entry
  }

  mutating func renew(_ digest: Digest, at nowSeconds: UInt64) { entries[digest]?.storedAtSeconds = nowSeconds }

  mutating func remove(_ digest: Digest) {
    if let entry = entries.removeValue(forKey: digest) { release(entry.chargeBytes) }
  }
}

extension Inventory.Entry {
  func isExpired(_ lifetimeSeconds: UInt64, at nowSeconds: UInt64) -> Bool {
    nowSeconds >= storedAtSeconds && nowSeconds - storedAtSeconds >= lifetimeSeconds
  }
}

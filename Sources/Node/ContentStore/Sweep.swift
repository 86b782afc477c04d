internal import Cryptography
internal import Synchronization

extension ContentStore {
  /// Least time between two sweeps of a store that has no room, in seconds.
  private static let sweepPeriodSeconds: UInt64 = 10

  /// Removes the blobs that have expired, and says how many; others may use the store meanwhile.
  @discardableResult
  public func sweep() throws(ContentError) -> Int {
    let now = clock()
    let expired = inventory.withLock { inventory in
      inventory.sweptAtSeconds = now
      return inventory.entries.filter { isExpired($0.value, at: now) }.keys
    }
    var count = 0
    for digest in expired where try remove(digest, ifExpiredAt: now) { count += 1 }
    return count
  }

  /// Sweeps, unless that was done a moment ago: a refused upload must not cost a walk through the whole store.
  func sweepAgain() throws(ContentError) {
    let now = clock()
    let isDue = inventory.withLock { inventory in
      inventory.sweptAtSeconds.map { now < $0 || now - $0 >= Self.sweepPeriodSeconds } ?? true
    }
    if isDue { try sweep() }
  }

  private func remove(_ digest: Digest, ifExpiredAt now: UInt64) throws(ContentError) -> Bool {
    try inventory.withLock { (inventory) throws(ContentError) in
      guard let entry = inventory.entries[digest], isExpired(entry, at: now) else { return false }
      try Folder.remove(folder.blob(digest))
      inventory.remove(digest)
      return true
    }
  }

  private func isExpired(_ entry: Inventory.Entry, at now: UInt64) -> Bool {
    entry.isExpired(limits.lifetimeSeconds, at: now)
  }
}

internal import Cryptography
internal import Hummingbird
internal import Synchronization

/// Results of requests that carried an `Idempotency-Key`, for a while; the oldest are forgotten when there are many.
final class IdempotencyStore: Sendable {
  /// How much is remembered.
  struct Limits: Sendable {
    var count = 10_000
    var bytes = 64 << 20
    var age = Duration.seconds(3600)
  }

  private struct Entry {
    let fingerprint: Digest
    let began: ContinuousClock.Instant
    var kept: Reply?
  }
  private struct Entries {
    var byKey: [String: Entry] = [:]
    /// Finished keys, oldest first.
    var finished: [String] = []
    var bytes = 0
  }

  private let limits: Limits
  private let entries = Mutex(Entries())

  init(limits: Limits = Limits()) { self.limits = limits }

  /// Begins a request, or gives the result that the first one like it had.
  func begin(_ key: String, _ fingerprint: Digest) throws(Refused) -> Reply? {
    try entries.withLock { (entries) throws(Refused) in
      forgetOld(&entries)
      guard let entry = entries.byKey[key] else {
        entries.byKey[key] = Entry(fingerprint: fingerprint, began: .now)
        return nil
      }
      guard entry.fingerprint == fingerprint else {
        throw Refused(422, "the Idempotency-Key was used with another request; choose a new one")
      }
      guard let kept = entry.kept else {
        throw Refused(409, "the first request with this Idempotency-Key is still under way")
      }
      return kept
    }
  }

  /// Ends a request; without a result, the key is as if it had never been used.
  func end(_ key: String, _ kept: Reply?) {
    entries.withLock { entries in
      guard let kept else { return entries.byKey[key] = nil }
      entries.byKey[key]?.kept = kept
      entries.finished.append(key)
      entries.bytes += kept.body.readableBytes
      forgetOld(&entries)
    }
  }

  private func forgetOld(_ entries: inout Entries) {
    let oldest = ContinuousClock.now - limits.age
    var count = 0
    for key in entries.finished {
      guard let entry = entries.byKey[key] else { break }
      let isTooMuch = entries.bytes > limits.bytes || entries.finished.count - count > limits.count
      guard entry.began < oldest || isTooMuch else { break }
      entries.byKey[key] = nil
      entries.bytes -= entry.kept?.body.readableBytes ?? 0
      count += 1
    }
    entries.finished.removeFirst(count)
  }
}

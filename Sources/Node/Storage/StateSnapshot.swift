public import Cryptography

/// The state of a chain after one of its commits.
///
/// A read that fails, or finds damaged bytes, stops the process: a node stops rather than forks.
public struct StateSnapshot: Sendable {
  private let snapshot: Snapshot
  /// Height of the commit; `nil` before the first one.
  public let height: UInt64?

  init(_ snapshot: Snapshot, height: UInt64?) {
    self.snapshot = snapshot
    self.height = height
  }

  /// The value of `key`, or `nil` where there is none.
  public func value(at key: [UInt8]) -> [UInt8]? {
    sound { () throws(StorageError) in try snapshot.value(in: .state, at: key) }
  }

  /// Calls `body` with the entries from `start` up to but without `end`, in the order of their keys, until it returns `false`.
  public func scan(from start: [UInt8], to end: [UInt8], _ body: ([UInt8], [UInt8]) -> Bool) {
    sound { () throws(StorageError) in try snapshot.scan(in: .state, from: start, to: end, body) }
  }

  /// The key whose SHA-256 is `path`, or `nil` where the state has none.
  public func key(ofPath path: Digest) -> [UInt8]? {
    sound { () throws(StorageError) in try snapshot.value(in: .keys, at: path.bytes) }
  }

  /// Calls `body` with every entry in the order of the keys, until it throws, leaving the cache alone: the bulk read of a
  /// starting node.
  public func forEach<Failure: Error>(
    _ body: (_ key: [UInt8], _ value: [UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var failure: Failure?
    sound { () throws(StorageError) in
      try snapshot.scan(in: .state, isCached: false) { key, value in
        do throws(Failure) { try body(key, value) } catch { failure = error }
        return failure == nil
      }
    }
    if let failure { throw failure }
  }

  private func sound<Result>(_ read: () throws(StorageError) -> Result) -> Result {
    do { return try read() } catch { fatalError("the state cannot be read, so the node stops: \(error)") }
  }
}

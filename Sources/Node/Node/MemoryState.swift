internal import StateTree
internal import Synchronization

/// A state in memory that changes in place, once nothing stands on what it was.
final class MemoryState: Backing {
  private let entries = Mutex(MemoryBacking())

  func apply(_ changes: [StateChange]) { entries.withLock { $0.apply(changes) } }

  func value(at key: [UInt8]) -> [UInt8]? { entries.withLock { $0.value(at: key) } }

  func scan(from start: [UInt8], to end: [UInt8], _ body: ([UInt8], [UInt8]) -> Bool) {
    entries.withLock { $0.scan(from: start, to: end, body) }
  }

  /// Calls `body` with every entry in the order of the keys, until it returns `false`.
  func forEach(_ body: (_ key: [UInt8], _ value: [UInt8]) -> Bool) {
    let behindEveryKey = [UInt8](repeating: .max, count: 64)
    scan(from: [], to: behindEveryKey, body)
  }
}

/// Where committed entries are read from; it never changes while a ``State`` stands on it.
public protocol Backing: Sendable {
  func value(at key: [UInt8]) -> [UInt8]?

  /// Calls `body` with every entry whose key lies in `start..<end`, in ascending order, until it returns false.
  func scan(from start: [UInt8], to end: [UInt8], _ body: (_ key: [UInt8], _ value: [UInt8]) -> Bool)
}

/// Committed entries in memory, for tests, simulations and offline work.
public struct MemoryBacking: Backing {
  private var values: [[UInt8]: [UInt8]] = [:]
  private var sorted: [[UInt8]] = []

  public init() {}

  /// Applies the changes of one block.
  public mutating func apply(_ changes: [StateChange]) {
    for change in changes where values.updateValue(change.value ?? [], forKey: change.key) == nil {
      sorted.insert(change.key, at: firstIndex(notLessThan: change.key))
    }
    for change in changes where change.value == nil {
      values[change.key] = nil
      sorted.remove(at: firstIndex(notLessThan: change.key))
    }
  }

  private func firstIndex(notLessThan key: [UInt8]) -> Int { sorted.firstIndex { $0.lexicographicallyPrecedes(key) } }

  public func value(at key: [UInt8]) -> [UInt8]? { values[key] }

  public func scan(from start: [UInt8], to end: [UInt8], _ body: ([UInt8], [UInt8]) -> Bool) {
    for key in sorted[firstIndex(notLessThan: start)...] {
      guard key.lexicographicallyPrecedes(end), let value = values[key], body(key, value) else { return }
    }
  }
}

/// One entry that a block wrote, or removed when `value` is nil.
public struct StateChange: Sendable, Equatable {
  public let key: [UInt8]
  public let value: [UInt8]?
  /// Whether the entry was not there before; storage then has more to note.
  public let isNew: Bool

  public init(key: [UInt8], value: [UInt8]?, isNew: Bool = true) {
    self.key = key
    self.value = value
    self.isNew = isNew
  }
}

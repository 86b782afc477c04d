public import Encoding

/// The rows that a state wrote in one table, over the committed ones.
///
/// All of it is inlinable: where a module uses its tables, the compiler knows their types, and a row costs a look-up and no more.
@usableFromInline
final class WrittenRows<Key: TableKey, Row: Value> {
  @usableFromInline let table: Table<Key, Row>
  @usableFromInline let committed: CommittedRows<Key, Row>
  @usableFromInline var written: [Key: Row?] = [:]
  @usableFromInline var keys = KeyList<Key>()
  @usableFromInline var undo: [(key: Key, previous: Row??)] = []

  @inlinable
  init(_ table: Table<Key, Row>, over committed: CommittedRows<Key, Row>) {
    self.table = table
    self.committed = committed
  }

  @inlinable
  func row(at key: Key, in state: CommittedState) -> Row? {
    if let row = written[key] { return row }
    return committed.row(at: key, in: state)
  }

  @inlinable
  func set(_ row: Row?, at key: Key, canBeUndone: Bool) {
    let previous = written.updateValue(row, forKey: key)
    if previous == nil { keys.append(key) }
    if canBeUndone { undo.append((key, previous)) }
  }

  /// Takes back the last write that can be.
  @inlinable
  func undoLast() {
    guard let last = undo.popLast() else { return }
    if let previous = last.previous {
      written.updateValue(previous, forKey: last.key)
    } else {
      written[last.key] = nil
      keys.removeLast(last.key)
    }
  }

  /// What was written, ascending by key.
  @inlinable
  func changes(in state: CommittedState) -> [StateChange] {
    keys.sorted().map { key in
      StateChange(
        key: table.path(key), value: (written[key] ?? nil).map(table.bytes(of:)),
        isNew: committed.row(at: key, in: state) == nil)
    }
  }

  /// Hands the rows to those that are committed.
  @inlinable
  func keepRows() {
    for key in keys.sorted() { committed.keep(written[key] ?? nil, at: key) }
  }

  /// The written rows whose state keys lie in `start..<end`, ascending; a removed one is `nil`.
  @inlinable
  func rows(from start: [UInt8], to end: [UInt8]) -> [(path: [UInt8], key: Key, row: Row?)] {
    let sorted = keys.sorted()
    var rows: [(path: [UInt8], key: Key, row: Row?)] = []
    for key in sorted[sorted.firstIndex { table.path($0).lexicographicallyPrecedes(start) }...] {
      let path = table.path(key)
      guard path.lexicographicallyPrecedes(end) else { break }
      rows.append((path, key, written[key] ?? nil))
    }
    return rows
  }
}

/// Keys in the order in which they were written, sorted when somebody asks.
@usableFromInline
struct KeyList<Key: TableKey> {
  @usableFromInline var ordered: [Key] = []
  @usableFromInline var added: [Key] = []

  @inlinable
  init() {}

  @inlinable
  mutating func append(_ key: Key) { added.append(key) }

  /// Takes back the last key that was appended.
  @inlinable
  mutating func removeLast(_ key: Key) {
    if added.popLast() == nil { ordered.remove(at: ordered.firstIndex { $0 < key }) }
  }

  @inlinable
  mutating func sorted() -> [Key] {
    guard !added.isEmpty else { return ordered }
    // Sorting what is nearly in order costs little more than walking it.
    ordered += added
    ordered.sort()
    added.removeAll(keepingCapacity: true)
    return ordered
  }
}

extension Array {
  /// Index of the first element that does not come before a bound; the array is sorted.
  @inlinable
  func firstIndex(_ precedes: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = low + (high - low) / 2
      if precedes(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

public import Encoding

/// Everything the ledger knows, and the only thing a transaction may change: committed entries under an overlay.
public struct State: ~Copyable {
  private let backing: any Backing
  private let unions: Unions
  private var overlay = Overlay()
  /// What the running changes can be undone with; empty while none runs.
  private var journal: [(key: [UInt8], previous: Overlay.Entry?)] = []
  /// How many changes run inside each other.
  private var depth = 0
  private var emitted: [any Member] = []

  public init(_ backing: any Backing, unions: Unions = .none) {
    self.backing = backing
    self.unions = unions
  }

  /// The row stored for `key`; assigning `nil` removes it.
  public subscript<Key: TableKey, Row: Value>(table: Table<Key, Row>, key: Key) -> Row? {
    get { value(at: table.path(key)).map { table.row(from: $0, unions) } }
    set { set(newValue.map(table.bytes(of:)), at: table.path(key)) }
  }

  /// The raw value at a state key.
  public func value(at path: [UInt8]) -> [UInt8]? { overlay[path] ?? backing.value(at: path) }

  /// Records that something happened; undone with the transaction that did it.
  public mutating func emit(_ event: some Member) { emitted.append(event) }

  /// Takes the events emitted since the last call, oldest first.
  public mutating func takeEvents() -> [any Member] {
    defer { emitted = [] }
    return emitted
  }

  /// Runs `change`; when it throws, every write and event that it made is undone.
  public mutating func atomically<Failure: Error>(
    _ change: (inout State) throws(Failure) -> Void
  ) throws(Failure) {
    let mark = (writes: journal.count, events: emitted.count)
    depth += 1
    defer { depth -= 1 }
    do throws(Failure) { try change(&self) } catch {
      while journal.count > mark.writes, let last = journal.popLast() { overlay.set(last.previous, at: last.key) }
      emitted.removeLast(emitted.count - mark.events)
      throw error
    }
    if depth == 1 { journal.removeAll(keepingCapacity: true) }
  }

  /// What was written since the state was opened, ascending by key: the changes of a block.
  public func changes() -> [StateChange] {
    overlay.all().map { StateChange(key: $0.key, value: $0.entry) }
  }

  private mutating func set(_ value: [UInt8]?, at path: [UInt8]) {
    if depth > 0 { journal.append((path, overlay[path])) }
    overlay.set(.some(value), at: path)
  }
}

extension State {
  /// Rows of `table` in key order.
  ///
  /// - Parameters:
  ///   - first: the least key that may come, or `nil` for the beginning.
  ///   - limit: rows at the most.
  public func rows<Key: TableKey, Row: Value>(
    of table: Table<Key, Row>, from first: Key? = nil, limit: Int = .max
  ) -> [(key: Key, row: Row)] {
    rows(of: table, from: first.map(table.path) ?? table.prefix, to: table.prefix.successor, limit: limit)
  }

  /// Rows of `table` whose keys begin with `first`, from the pair with `second` on.
  public func rows<First: TableKey, Second: TableKey, Row: Value>(
    of table: Table<Pair<First, Second>, Row>, under first: First, from second: Second? = nil, limit: Int = .max
  ) -> [(key: Pair<First, Second>, row: Row)] {
    var group = table.prefix
    first.append(to: &group)
    var start = group
    second?.append(to: &start)
    return rows(of: table, from: start, to: group.successor, limit: limit)
  }

  private func rows<Key: TableKey, Row: Value>(
    of table: Table<Key, Row>, from start: [UInt8], to end: [UInt8], limit: Int
  ) -> [(key: Key, row: Row)] {
    entries(from: start, to: end, limit: limit).map { (table.key(at: $0.key), table.row(from: $0.value, unions)) }
  }

  /// Merges the overlay's part of a range into the committed one.
  private func entries(from start: [UInt8], to end: [UInt8], limit: Int) -> [(key: [UInt8], value: [UInt8])] {
    let written = overlay.entries(from: start, to: end)
    var result: [(key: [UInt8], value: [UInt8])] = []
    var next = 0
    func takeWritten(before key: [UInt8]?) {
      while next < written.count, result.count < limit {
        if let key, !written[next].key.lexicographicallyPrecedes(key) { return }
        if let value = written[next].entry { result.append((written[next].key, value)) }
        next += 1
      }
    }
    backing.scan(from: start, to: end) { key, value in
      takeWritten(before: key)
      guard result.count < limit else { return false }
      if next < written.count, written[next].key == key { return true }
      result.append((key, value))
      return result.count < limit
    }
    takeWritten(before: nil)
    return result
  }
}

extension [UInt8] {
  /// The least key that follows every key with this prefix.
  var successor: [UInt8] {
    var next = self
    while let last = next.popLast() {
      if last < .max { return next + [last + 1] }
    }
    return [UInt8](repeating: .max, count: 64)
  }
}

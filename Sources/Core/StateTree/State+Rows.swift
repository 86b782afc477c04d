public import Encoding

extension State {
  /// Rows of `table` in key order.
  ///
  /// - Parameters:
  ///   - first: the least key that may come, or `nil` for the beginning.
  ///   - limit: rows at the most.
  @inlinable
  public func rows<Key: TableKey, Row: Value>(
    of table: Table<Key, Row>, from first: Key? = nil, limit: Int = .max
  ) -> [(key: Key, row: Row)] {
    rows(of: table, from: first.map(table.path) ?? table.prefix, to: table.prefix.successor, limit: limit)
  }

  /// Rows of `table` whose keys begin with `first`, from the pair with `second` on.
  @inlinable
  public func rows<First: TableKey, Second: TableKey, Row: Value>(
    of table: Table<Pair<First, Second>, Row>, under first: First, from second: Second? = nil, limit: Int = .max
  ) -> [(key: Pair<First, Second>, row: Row)] {
    var group = table.prefix
    first.append(to: &group)
    var start = group
    second?.append(to: &start)
    return rows(of: table, from: start, to: group.successor, limit: limit)
  }

  /// Merges the written part of a range into the committed one.
  @inlinable
  func rows<Key: TableKey, Row: Value>(
    of table: Table<Key, Row>, from start: [UInt8], to end: [UInt8], limit: Int
  ) -> [(key: Key, row: Row)] {
    let written = open(table).rows(from: start, to: end)
    var result: [(key: Key, row: Row)] = []
    var next = 0
    func takeWritten(before path: [UInt8]?) {
      while next < written.count, result.count < limit {
        if let path, !written[next].path.lexicographicallyPrecedes(path) { return }
        if let row = written[next].row { result.append((written[next].key, row)) }
        next += 1
      }
    }
    committed.backing.scan(from: start, to: end) { path, value in
      takeWritten(before: path)
      guard result.count < limit else { return false }
      if next < written.count, written[next].path == path { return true }
      result.append((table.key(at: path), table.row(from: value, committed.unions)))
      return result.count < limit
    }
    takeWritten(before: nil)
    return result
  }
}

extension [UInt8] {
  /// The least key that follows every key with this prefix.
  @usableFromInline
  var successor: [UInt8] {
    var next = self
    while let last = next.popLast() {
      if last < .max { return next + [last + 1] }
    }
    return [UInt8](repeating: .max, count: 64)
  }
}

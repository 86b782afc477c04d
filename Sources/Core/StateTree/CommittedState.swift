public import Encoding

/// The state after the last block, as one thread works on it: what is stored, and the rows used last, decoded.
///
/// Every ``State`` that stands on it shares its rows, so an account that takes part in many transactions is read and decoded once.
public final class CommittedState {
  /// Memory for the decoded rows of one table, in bytes, where nothing else is asked for: some three million accounts.
  public static let standardRowBytes = 384 << 20

  public private(set) var backing: any Backing
  @usableFromInline let unions: Unions
  @usableFromInline let rowBytes: Int
  @usableFromInline var tables: [(number: UInt16, rows: AnyObject)] = []

  /// - Parameter rowBytes: memory for the decoded rows of one table, in bytes; what a row refers to, such as a text, comes on top.
  public init(_ backing: any Backing, unions: Unions = .none, rowBytes: Int = standardRowBytes) {
    self.backing = backing
    self.unions = unions
    self.rowBytes = rowBytes
  }

  /// Goes on to `backing`, which holds the changes of `state` beside what was there before.
  public func advance(to backing: any Backing, with state: consuming State) {
    self.backing = backing
    state.keepRows()
  }

  @inlinable
  func rows<Key: TableKey, Row: Value>(of table: Table<Key, Row>) -> CommittedRows<Key, Row> {
    for open in tables where open.number == table.number { return table.cast(open.rows) }
    let rows = CommittedRows(table, bytes: rowBytes)
    tables.append((table.number, rows))
    return rows
  }
}

/// Rows of one table as they are committed, the ones used last.
///
/// They are kept in two generations: when the younger is full it becomes the older one, whose rows are forgotten unless they are
/// used again. What is kept never shows in a result, only in its speed.
@usableFromInline
final class CommittedRows<Key: TableKey, Row: Value> {
  @usableFromInline let table: Table<Key, Row>
  @usableFromInline let generationLimit: Int
  @usableFromInline var recent: [Key: Row?] = [:]
  @usableFromInline var older: [Key: Row?] = [:]

  /// - Parameter bytes: memory for both generations.
  @inlinable
  init(_ table: Table<Key, Row>, bytes: Int) {
    self.table = table
    // A hash table has a power of two of places, and doubles when three quarters of them are taken.
    let places = bytes / 2 / (MemoryLayout<Key>.stride + MemoryLayout<Row?>.stride)
    generationLimit = max((1 << (Int.bitWidth - 1 - max(places, 1).leadingZeroBitCount)) / 4 * 3, 1)
  }

  @inlinable
  func row(at key: Key, in state: CommittedState) -> Row? {
    if let row = recent[key] { return row }
    let row = older[key] ?? state.backing.value(at: table.path(key)).map { table.row(from: $0, state.unions) }
    keep(row, at: key)
    return row
  }

  @inlinable
  func keep(_ row: Row?, at key: Key) {
    if recent.count >= generationLimit {
      older = recent
      recent = [:]
    }
    recent.updateValue(row, forKey: key)
  }
}

public import Encoding

/// Everything the ledger knows, and the only thing a transaction may change: committed rows under those written since.
public struct State: ~Copyable {
  @usableFromInline let committed: CommittedState
  /// The tables in use; a class, since reading a table for the first time opens it.
  @usableFromInline let tables = OpenTables()
  /// The table of each write that can be undone, oldest first.
  @usableFromInline var journal: [Int] = []
  /// How many changes run inside each other.
  @usableFromInline var depth = 0
  private var emitted: [any Event] = []

  /// A state over `committed`; any number of them may stand there at a time, as long as it does not advance.
  public init(on committed: CommittedState) { self.committed = committed }

  /// A state that nothing else stands beside.
  public init(_ backing: any Backing, unions: Unions = .none) {
    self.init(on: CommittedState(backing, unions: unions))
  }

  /// The row stored for `key`; assigning `nil` removes it.
  @inlinable
  public subscript<Key: TableKey, Row: Value>(table: Table<Key, Row>, key: Key) -> Row? {
    get { open(table).row(at: key, in: committed) }
    set {
      let position = position(of: table)
      if depth > 0 { journal.append(position) }
      let rows: WrittenRows<Key, Row> = table.cast(tables.list[position].rows)
      rows.set(newValue, at: key, canBeUndone: depth > 0)
    }
  }

  @inlinable
  func open<Key: TableKey, Row: Value>(_ table: Table<Key, Row>) -> WrittenRows<Key, Row> {
    table.cast(tables.list[position(of: table)].rows)
  }

  @inlinable
  func position<Key: TableKey, Row: Value>(of table: Table<Key, Row>) -> Int {
    for (position, open) in tables.list.enumerated() where open.number == table.number { return position }
    tables.list.append(OpenTable(table, WrittenRows(table, over: committed.rows(of: table)), over: committed))
    return tables.list.count - 1
  }

  /// Records that something happened; undone with the transaction that did it.
  public mutating func emit(_ event: some Event) { emitted.append(event) }

  /// Takes the events emitted since the last call, oldest first.
  public mutating func takeEvents() -> [any Event] {
    let events = emitted
    emitted.removeAll(keepingCapacity: true)
    return events
  }

  /// Runs `change`; when it throws, every write and event that it made is undone.
  public mutating func atomically<Failure: Error>(
    _ change: (inout State) throws(Failure) -> Void
  ) throws(Failure) {
    let mark = (writes: journal.count, events: emitted.count)
    depth += 1
    defer { depth -= 1 }
    do throws(Failure) { try change(&self) } catch {
      while journal.count > mark.writes, let table = journal.popLast() { tables.list[table].undoLast() }
      emitted.removeLast(emitted.count - mark.events)
      throw error
    }
    guard depth == 1 else { return }
    journal.removeAll(keepingCapacity: true)
    for table in tables.list { table.forgetUndo() }
  }

  /// What was written since the state was opened, ascending by key: the changes of a block.
  public func changes() -> [StateChange] {
    tables.list.sorted { $0.number < $1.number }.flatMap { $0.changes() }
  }

  func keepRows() {
    for table in tables.list { table.keepRows() }
  }
}

/// The tables that a state read or wrote.
@usableFromInline
final class OpenTables {
  @usableFromInline var list: [OpenTable] = []
  @inlinable
  init() {}
}

/// One of them, with what concerns all alike; the closures are made where the types are known.
@usableFromInline
struct OpenTable {
  @usableFromInline let number: UInt16
  @usableFromInline let rows: AnyObject
  let undoLast: () -> Void
  let forgetUndo: () -> Void
  let changes: () -> [StateChange]
  let keepRows: () -> Void

  @inlinable
  init<Key: TableKey, Row: Value>(
    _ table: Table<Key, Row>, _ rows: WrittenRows<Key, Row>, over committed: CommittedState
  ) {
    self.init(
      number: table.number, rows: rows, undoLast: { rows.undoLast() },
      forgetUndo: { rows.undo.removeAll(keepingCapacity: true) }, changes: { rows.changes(in: committed) },
      keepRows: { rows.keepRows() })
  }

  @usableFromInline
  init(
    number: UInt16, rows: AnyObject, undoLast: @escaping () -> Void, forgetUndo: @escaping () -> Void,
    changes: @escaping () -> [StateChange], keepRows: @escaping () -> Void
  ) {
    self.number = number
    self.rows = rows
    self.undoLast = undoLast
    self.forgetUndo = forgetUndo
    self.changes = changes
    self.keepRows = keepRows
  }
}

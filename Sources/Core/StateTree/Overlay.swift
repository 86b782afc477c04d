/// Entries written since the last commit, readable by key and by range.
struct Overlay {
  /// What became of an entry: a new value, or its removal.
  typealias Entry = [UInt8]?

  private var entries: [[UInt8]: Entry] = [:]
  private var tables: [TouchedKeys] = []

  /// Keys written under one table prefix; a class, so that a mere reader of a range can sort them.
  private final class TouchedKeys {
    let prefix: [UInt8]
    private var keys: [[UInt8]] = []
    private var isSorted = true

    init(prefix: [UInt8]) { self.prefix = prefix }

    func append(_ key: [UInt8]) {
      keys.append(key)
      isSorted = false
    }

    func sorted() -> [[UInt8]] {
      if !isSorted { keys.sort { $0.lexicographicallyPrecedes($1) } }
      isSorted = true
      return keys
    }
  }

  subscript(key: [UInt8]) -> Entry? { entries[key] }

  mutating func set(_ entry: Entry?, at key: [UInt8]) {
    guard let entry else {
      entries[key] = nil
      return
    }
    if entries.updateValue(entry, forKey: key) == nil { touch(key) }
  }

  private mutating func touch(_ key: [UInt8]) {
    let prefix = key.prefix(2)
    let index = tables.firstIndex { !$0.prefix.lexicographicallyPrecedes(prefix) } ?? tables.count
    if index == tables.count || tables[index].prefix[...] != prefix {
      tables.insert(TouchedKeys(prefix: Array(prefix)), at: index)
    }
    tables[index].append(key)
  }

  /// Entries with keys in `start..<end`, ascending; both bounds lie under one prefix or at its end.
  func entries(from start: [UInt8], to end: [UInt8]) -> [(key: [UInt8], entry: Entry)] {
    guard let table = tables.first(where: { $0.prefix[...] == start.prefix(2) }) else { return [] }
    let keys = table.sorted()
    return current(keys[keys.firstIndex(notLessThan: start)..<keys.firstIndex(notLessThan: end)])
  }

  /// Every entry, ascending.
  func all() -> [(key: [UInt8], entry: Entry)] { tables.flatMap { current($0.sorted()[...]) } }

  /// A key that was rolled back and written again stands in the list twice, and one that was rolled back has no entry.
  private func current(_ keys: ArraySlice<[UInt8]>) -> [(key: [UInt8], entry: Entry)] {
    var result: [(key: [UInt8], entry: Entry)] = []
    for key in keys where result.last?.key != key {
      if let entry = entries[key] { result.append((key, entry)) }
    }
    return result
  }
}

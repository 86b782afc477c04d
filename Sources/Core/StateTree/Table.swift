public import Cryptography
public import Encoding

/// A typed map from `Key` to `Row` that lives under a two-byte prefix of the state.
public struct Table<Key: TableKey, Row: Value>: Sendable {
  /// Number of the owning module, then of the table within it; both frozen.
  public let prefix: [UInt8]
  /// The prefix as a number.
  @usableFromInline let number: UInt16
  public let name: StaticString

  public init(_ module: UInt8, _ number: UInt8, _ name: StaticString) {
    prefix = [module, number]
    self.number = UInt16(module) << 8 | UInt16(number)
    self.name = name
  }

  /// The state key of the row at `key`.
  @inlinable
  public func path(_ key: Key) -> [UInt8] {
    var path = prefix
    path.reserveCapacity(prefix.count + Key.keyLength)
    key.append(to: &path)
    return path
  }

  @inlinable
  func key(at path: [UInt8]) -> Key {
    guard let key = Key(path: path.dropFirst(prefix.count)) else { fatalError("corrupt state: key under \(name)") }
    return key
  }

  @inlinable
  func row(from bytes: [UInt8], _ unions: Unions) -> Row {
    var reader = Reader(bytes, unions: unions)
    do {
      let row = try Row(from: &reader)
      try reader.finish()
      return row
    } catch { fatalError("corrupt state: row under \(name): \(error)") }
  }

  @inlinable
  func cast<Rows: AnyObject>(_ rows: AnyObject) -> Rows {
    guard let rows = rows as? Rows else { fatalError("\(name) shares its prefix with another table") }
    return rows
  }

  @inlinable
  func bytes(of row: Row) -> [UInt8] {
    var writer = Writer(reserving: 64)
    row.write(to: &writer)
    return writer.bytes
  }
}

/// What a module says of a table to those that do not know its types.
public protocol TableDescription: Sendable {
  var prefix: [UInt8] { get }
  var name: StaticString { get }
}
extension Table: TableDescription {}

/// A key whose bytes sort as its values do, and are all of one length.
public protocol TableKey: Sendable, Hashable, Comparable {
  /// Length in bytes.
  static var keyLength: Int { get }
  func append(to path: inout [UInt8])
  /// Returns `nil` for bytes that no key has.
  init?(path: ArraySlice<UInt8>)
}

extension TableKey where Self: InlineBytes {
  public static var keyLength: Int { length }
  public func append(to path: inout [UInt8]) { withBytes { path.append(contentsOf: $0) } }
  public init?(path: ArraySlice<UInt8>) {
    do { try self.init(validating: path) } catch { return nil }
  }
}
extension Digest: TableKey {}
extension Address: TableKey {}
extension Identifier: TableKey {}
extension ConsensusAddress: TableKey {}

extension UInt64: TableKey {
  public static var keyLength: Int { 8 }
  public func append(to path: inout [UInt8]) { withUnsafeBytes(of: bigEndian) { path += $0 } }
  public init?(path: ArraySlice<UInt8>) {
    guard path.count == Self.keyLength else { return nil }
    self = path.reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// Two keys, the first deciding the order.
public struct Pair<First: TableKey, Second: TableKey>: TableKey {
  public let first: First
  public let second: Second

  public init(_ first: First, _ second: Second) {
    self.first = first
    self.second = second
  }

  public static func < (one: Pair, other: Pair) -> Bool {
    one.first < other.first || (one.first == other.first && one.second < other.second)
  }

  public static var keyLength: Int { First.keyLength + Second.keyLength }
  public func append(to path: inout [UInt8]) {
    first.append(to: &path)
    second.append(to: &path)
  }
  public init?(path: ArraySlice<UInt8>) {
    guard path.count == Self.keyLength, let first = First(path: path.prefix(First.keyLength)),
      let second = Second(path: path.dropFirst(First.keyLength))
    else { return nil }
    self.init(first, second)
  }
}

/// The key of a table with a single row.
public struct Only: TableKey {
  public init() {}
  public static func < (one: Only, other: Only) -> Bool { false }
  public static var keyLength: Int { 0 }
  public func append(to path: inout [UInt8]) {}
  public init?(path: ArraySlice<UInt8>) { guard path.isEmpty else { return nil } }
}

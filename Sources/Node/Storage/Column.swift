/// A named, separately ordered part of a database; a column family in RocksDB's words.
public struct Column: Hashable, Sendable {
  public let name: String

  public init(_ name: String) { self.name = name }

  /// The column that every RocksDB database has; nothing is kept in it.
  static let `default` = Column("default")
}

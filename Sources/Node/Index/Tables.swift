internal import Cryptography
internal import Foundation
internal import GRDB

/// The tables of the index, and how it is told whether a file has them.
enum Tables {
  /// Goes up with every change of the tables; a file of another version is thrown away.
  static let version = 2

  /// Creates the tables in a new file.
  ///
  /// - Throws: `IndexError.unusable` when the file is whole and not an index of `chain` in this version.
  static func prepare(_ database: Database, _ chain: Index.Chain) throws {
    if try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_schema") == 0 {
      return try create(database, chain)
    }
    try requireWhole(database)
    try requireSame(database, chain)
  }

  private static func create(_ database: Database, _ chain: Index.Chain) throws {
    try database.execute(sql: definition)
    try database.execute(sql: "PRAGMA user_version = \(version)")
    try database.execute(sql: "INSERT INTO chain (genesis) VALUES (?)", arguments: [Data(chain.genesis.bytes)])
  }

  private static func requireWhole(_ database: Database) throws {
    let found = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
    guard found == version else { throw IndexError.unusable("it has version \(found); this node writes \(version)") }
    let finding = try String.fetchOne(database, sql: "PRAGMA quick_check(1)") ?? "no answer"
    guard finding == "ok" else { throw IndexError.unusable("it is damaged: \(finding)") }
  }

  private static func requireSame(_ database: Database, _ chain: Index.Chain) throws {
    let genesis = try Data.fetchOne(database, sql: "SELECT genesis FROM chain")
    guard genesis == Data(chain.genesis.bytes) else { throw IndexError.unusable("it belongs to another chain") }
    let last = try Row.fetchOne(database, sql: "SELECT height, digest FROM blocks ORDER BY height DESC LIMIT 1")
    guard let last else { return }
    let height = UInt64(bitPattern: last["height"])
    guard chain.digest(height).map({ Data($0.bytes) }) == last["digest"] else {
      throw IndexError.unusable("its block \(height) is not the chain's")
    }
  }

  /// The block's own events stand at the position after its last transaction, so an event needs no transaction.
  private static let definition = """
    CREATE TABLE chain (genesis BLOB NOT NULL);
    CREATE TABLE blocks (height INTEGER PRIMARY KEY, digest BLOB NOT NULL);
    CREATE TABLE transactions (
      id BLOB NOT NULL, isFinal INTEGER NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL,
      PRIMARY KEY (id, isFinal, height, position)
    ) WITHOUT ROWID;
    CREATE TABLE events (
      height INTEGER NOT NULL, position INTEGER NOT NULL, place INTEGER NOT NULL, kind TEXT NOT NULL,
      PRIMARY KEY (height, position, place)
    ) WITHOUT ROWID;
    CREATE INDEX eventsByKind ON events (kind, height, position, place);
    CREATE TABLE accountEvents (
      address BLOB NOT NULL, height INTEGER NOT NULL, position INTEGER NOT NULL, place INTEGER NOT NULL,
      kind TEXT NOT NULL,
      PRIMARY KEY (address, height, position, place)
    ) WITHOUT ROWID;
    CREATE INDEX accountEventsByKind ON accountEvents (address, kind, height, position, place);
    """
}

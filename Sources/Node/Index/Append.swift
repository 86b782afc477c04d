internal import Cryptography
internal import Encoding
internal import Foundation
internal import GRDB
internal import LedgerKit

extension Index {
  /// Adds blocks in one transaction; those that it has are passed over.
  ///
  /// - Parameter first: height of the first block that there is; those before it may be missing.
  /// - Throws: `outOfOrder` when a block is missing before one of them; nothing is added then, or after any other error.
  public func append(_ blocks: [CommittedBlock], from first: UInt64 = 0) async throws(IndexError) {
    do {
      try await pool.write { database in
        let entries = try BlockEntries(database)
        var expected = max(try Self.height(in: database).map { $0 + 1 } ?? 0, first)
        for block in blocks where block.header.height >= expected {
          guard block.header.height == expected else {
            throw IndexError.outOfOrder(height: block.header.height, expected: expected)
          }
          try entries.insert(block)
          expected += 1
        }
      }
    } catch { throw IndexError(error) }
  }
}

/// Writes the rows of one block after the other.
struct BlockEntries {
  private let block: Insertion
  private let transaction: Insertion
  private let event: Insertion
  private let accountEvent: Insertion

  init(_ database: Database) throws {
    block = try Insertion(into: "blocks", columns: 2, database)
    transaction = try Insertion(into: "transactions", columns: 4, database)
    event = try Insertion(into: "events", columns: 4, database)
    accountEvent = try Insertion(into: "accountEvents", columns: 5, database)
  }

  func insert(_ committed: CommittedBlock) throws {
    let height = Int64(bitPattern: committed.header.height)
    try requireWhole(committed)
    try block.insert(height, Data(committed.header.digest.bytes))
    for (position, result) in committed.results.transactions.enumerated() {
      try transaction.insert(Data(result.id.bytes), result.isFinal, height, position)
    }
    for event in committed.events { try insert(event) }
  }

  private func requireWhole(_ committed: CommittedBlock) throws(IndexError) {
    let counts = (results: committed.results.transactions.count, transactions: committed.block.transactions.count)
    guard counts.results == counts.transactions else {
      throw .unreadableBlock(
        height: committed.header.height, "it has \(counts.results) results for \(counts.transactions) transactions")
    }
  }

  private func insert(_ happened: HistoryEvent) throws {
    let place = happened.place
    let height = Int64(bitPattern: place.height)
    let kind = type(of: happened.event.event).jsonName
    try event.insert(height, place.position, place.index, kind)
    for address in happened.event.accounts {
      try accountEvent.insert(Data(address.bytes), height, place.position, place.index, kind)
    }
  }
}

/// Adds rows to one table.
private struct Insertion {
  private let statement: Statement

  /// A row whose key is there already is passed over: an event may name an account twice.
  init(into table: String, columns: Int, _ database: Database) throws {
    let places = databaseQuestionMarks(count: columns)
    statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) VALUES (\(places))")
  }

  func insert(_ values: (any DatabaseValueConvertible)?...) throws {
    try statement.execute(arguments: StatementArguments(values))
  }
}

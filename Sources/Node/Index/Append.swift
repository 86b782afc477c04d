internal import Cryptography
internal import Encoding
internal import Foundation
internal import GRDB
internal import LedgerKit

extension Index {
  /// Adds blocks in one transaction; those that it has are passed over.
  ///
  /// - Throws: `outOfOrder` when a block is missing before one of them; nothing is added then, or after any other error.
  public func append(_ blocks: [CommittedBlock]) async throws(IndexError) {
    do {
      try await pool.write { [unions] database in
        let entries = BlockEntries(database: database, unions: unions)
        var expected = try Self.height(in: database).map { $0 + 1 } ?? 0
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
  let database: Database
  let unions: Unions

  func insert(_ block: CommittedBlock) throws {
    let header = block.header
    try insert(
      "blocks", Int64(bitPattern: header.height), Int64(bitPattern: header.time.milliseconds),
      Data(header.digest.bytes), block.block.transactions.count)
    for (position, result) in block.results.transactions.enumerated() {
      try insert(result, try envelope(at: position, of: block), header.height, position)
    }
    for event in block.events { try insert(event) }
  }

  private func envelope(at position: Int, of block: CommittedBlock) throws(IndexError) -> Envelope {
    let height = block.header.height
    do {
      if let envelope = try block.envelope(at: UInt32(position), unions) { return envelope }
    } catch { throw .unreadableBlock(height: height, "transaction \(position): \(error)") }
    throw .unreadableBlock(height: height, "it has a result but no transaction at \(position)")
  }

  private func insert(_ result: TransactionResult, _ envelope: Envelope, _ height: UInt64, _ position: Int) throws {
    let height = Int64(bitPattern: height)
    let sender = Data(envelope.body.sender.bytes)
    let kinds = envelope.body.operations.map { type(of: $0.transaction).jsonName }
    let rejection = result.rejection
    try insert(
      "transactions", height, position, Data(result.id.bytes), sender, kinds.joined(separator: ","),
      result.isFinal, rejection?.module, rejection?.code, rejection?.reason)
    for address in [envelope.body.sender] + result.events.flatMap(\.accounts) {
      try insert("accountTransactions", Data(address.bytes), height, position)
    }
  }

  private func insert(_ event: HistoryEvent) throws {
    let place = event.place
    let height = Int64(bitPattern: place.height)
    let kind = type(of: event.event.event).jsonName
    try insert("events", height, place.position, place.index, kind)
    for address in event.event.accounts {
      try insert("accountEvents", Data(address.bytes), height, place.position, place.index, kind)
    }
  }

  /// Inserts a row, unless there is one of the same key: an event may name an account twice.
  private func insert(_ table: String, _ values: (any DatabaseValueConvertible)?...) throws {
    let places = databaseQuestionMarks(count: values.count)
    let statement = try database.cachedStatement(sql: "INSERT OR IGNORE INTO \(table) VALUES (\(places))")
    try statement.execute(arguments: StatementArguments(values))
  }
}

public import Cryptography
internal import Foundation
internal import GRDB

extension Index {
  /// Height of the last block indexed, or `nil` before the first.
  public func height() async throws(IndexError) -> UInt64? {
    try await read { database in try Self.height(in: database) }
  }

  static func height(in database: Database) throws -> UInt64? {
    try Int64.fetchOne(database, sql: "SELECT max(height) FROM blocks").map(UInt64.init(bitPattern:))
  }

  /// Where the transaction `id` was committed, or `nil` when it was not.
  ///
  /// A block may hold an id that was refused before its window or as a duplicate; the one that was executed counts.
  public func transaction(_ id: Digest) async throws(IndexError) -> TransactionPlace? {
    let sql = """
      SELECT height, position FROM transactions WHERE id = ?
      ORDER BY isFinal DESC, height DESC, position DESC LIMIT 1
      """
    return try await read { database in
      try Row.fetchOne(database, sql: sql, arguments: [Data(id.bytes)]).map(TransactionPlace.init)
    }
  }

  /// Events that concern `account`, or all, newest first.
  ///
  /// - Parameters:
  ///   - kind: the name in JSON of the events wanted, such as `transferred`; all when it is missing.
  ///   - before: where the last page ended.
  public func events(
    of account: Address? = nil, kind: String? = nil, before: EventPlace? = nil, limit: Int
  ) async throws(IndexError) -> [EventPlace] {
    var page = PageQuery(
      table: account == nil ? "events" : "accountEvents", order: ["height", "position", "place"], limit: limit)
    page.require("address", account.map { Data($0.bytes) })
    page.require("kind", kind)
    page.require(before: before.map { [Int64(clamping: $0.height), Int64($0.position), Int64($0.index)] })
    return try await read { [page] database in
      try Row.fetchAll(database, sql: page.sql, arguments: page.arguments).map(EventPlace.init)
    }
  }

  private func read<Result: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Result
  ) async throws(IndexError) -> Result {
    do { return try await pool.read(body) } catch { throw IndexError(error) }
  }
}

extension TransactionPlace {
  init(_ row: Row) { self.init(height: UInt64(bitPattern: row["height"]), position: row["position"]) }
}

extension EventPlace {
  init(_ row: Row) {
    self.init(height: UInt64(bitPattern: row["height"]), position: row["position"], index: row["place"])
  }
}

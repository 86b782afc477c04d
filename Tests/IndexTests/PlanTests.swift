import GRDB
import Testing

@testable import Index

struct PlanTests {
  /// Each page is read along an index from the cursor on: SQLite neither scans a table nor sorts.
  @Test(arguments: [true, false], [true, false])
  func pagesAreSearches(_ hasAccount: Bool, _ hasKind: Bool) async throws {
    let folder = try TemporaryFolder()
    let index = try SampleChain().index(in: folder)
    var page = PageQuery(
      table: hasAccount ? "accountEvents" : "events", order: ["height", "position", "place"], limit: 5)
    page.require("address", hasAccount ? "address" : nil)
    page.require("kind", hasKind ? "transferred" : nil)
    page.require(before: [7, 0, 0])
    let query = page
    let plan = try await index.pool.read { database in
      try Row.fetchAll(database, sql: "EXPLAIN QUERY PLAN " + query.sql, arguments: query.arguments)
        .map { $0["detail"] as String }
    }
    #expect(plan.count == 1)
    #expect(plan.allSatisfy { $0.hasPrefix("SEARCH") && $0.contains("<") }, "\(plan)")
  }

  @Test func theFileIsInWriteAheadMode() async throws {
    let folder = try TemporaryFolder()
    let index = try SampleChain().index(in: folder)
    let modes = try await index.pool.write { database in
      [
        try String.fetchOne(database, sql: "PRAGMA journal_mode"),
        try String.fetchOne(database, sql: "PRAGMA synchronous")
      ]
    }
    #expect(modes == ["wal", "1"])
  }
}

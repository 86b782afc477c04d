internal import GRDB

/// The statement for one page of a table, from its end backwards.
struct PageQuery: Sendable {
  let table: String
  /// The columns that say where a row stands.
  let order: [String]
  let limit: Int
  private var conditions: [String] = []
  private var values = StatementArguments()

  init(table: String, order: [String], limit: Int) {
    self.table = table
    self.order = order
    self.limit = max(limit, 0)
  }

  /// Wants `column` to equal `value`, if there is one.
  mutating func require(_ column: String, _ value: (any DatabaseValueConvertible)?) {
    guard let value else { return }
    conditions.append("\(column) = ?")
    values += [value]
  }

  /// Wants rows before `place`, if there is one.
  mutating func require(before place: [Int64]?) {
    guard let place else { return }
    conditions.append("(\(columns)) < (\(databaseQuestionMarks(count: place.count)))")
    values += StatementArguments(place)
  }

  private var columns: String { order.joined(separator: ", ") }

  var sql: String {
    let filter = conditions.isEmpty ? "" : "WHERE \(conditions.joined(separator: " AND "))"
    let newestFirst = order.map { "\($0) DESC" }.joined(separator: ", ")
    return "SELECT \(columns) FROM \(table) \(filter) ORDER BY \(newestFirst) LIMIT ?"
  }

  var arguments: StatementArguments { values + [limit] }
}

import Foundation
import Storage
import Testing

private let column = Column("one")
private let key: [UInt8] = [1], value = [UInt8](repeating: 42, count: 500)

/// Bytes that change on disk are reported, never served.
struct DamageTests {
  let directory = TemporaryDirectory()

  private func open() throws -> Database { try Database(path: directory.path, columns: [column]) }

  private func write() throws {
    let database = try open()
    var batch = Batch()
    batch.set(value, in: column, at: key)
    try database.write(batch)
  }

  /// Closing a database writes what its memory holds to a table.
  private func writeTable() throws -> String {
    try write()
    return try #require(try files(".sst", in: directory.path).first)
  }

  @Test func aFlippedByteInATableIsReportedWithItsFile() throws {
    let table = try writeTable()
    try flip(table, at: 10)
    let database = try open()
    let error = try #require(throws: StorageError.self) { try database.value(in: column, at: key) }
    #expect(error.kind == .corrupt)
    #expect(error.file == table)
    let scanError = #expect(throws: StorageError.self) { try database.scan(in: column) { _, _ in true } }
    #expect(scanError?.file == table)
  }

  @Test func noFlippedByteInATableChangesAValue() throws {
    let table = try writeTable()
    for offset in stride(from: 0, to: try size(table), by: 29) {
      try flip(table, at: offset)
      let served = try? open().value(in: column, at: key)
      #expect(served == nil || served == .some(value), "byte \(offset)")
      try flip(table, at: offset)
    }
    #expect(try open().value(in: column, at: key) == value)
  }
}

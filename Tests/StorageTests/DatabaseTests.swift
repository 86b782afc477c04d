import Foundation
import Storage
import Testing

private let one = Column("one"), two = Column("two")

struct DatabaseTests {
  let directory = TemporaryDirectory()

  private func open() throws -> Database { try Database(path: directory.path, columns: [one, two]) }

  private func filled(_ keys: [UInt8]) throws -> Database {
    let database = try open()
    var batch = Batch()
    for key in keys { batch.set([key, key], in: one, at: [key]) }
    try database.write(batch)
    return database
  }

  @Test func aValueOutlivesTheDatabase() throws {
    _ = try filled([1, 2])
    let reopened = try open()
    #expect(try reopened.value(in: one, at: [2]) == [2, 2])
    #expect(try reopened.value(in: two, at: [2]) == nil)
    #expect(try reopened.value(in: one, at: [3]) == nil)
  }

  @Test func theLaterOfTwoChangesToAKeyHolds() throws {
    let database = try filled([1])
    var batch = Batch()
    batch.set(nil, in: one, at: [1])
    batch.set([7], in: one, at: [2])
    batch.set([], in: one, at: [2])
    try database.write(batch)
    #expect(try database.value(in: one, at: [1]) == nil)
    #expect(try database.value(in: one, at: [2]) == [])
  }

  @Test func aBatchWithAnUnknownColumnChangesNothing() throws {
    let database = try open()
    var batch = Batch()
    batch.set([1], in: one, at: [1])
    batch.set([1], in: Column("three"), at: [1])
    let error = try #require(throws: StorageError.self) { try database.write(batch) }
    #expect(error.kind == .invalid)
    #expect(error.message.hasSuffix("was opened without the column three"))
    #expect(try database.value(in: one, at: [1]) == nil)
  }

  struct Bounds: Sendable {
    var start: [UInt8] = []
    var end: [UInt8]?
    let expected: [UInt8]
  }

  @Test(arguments: [
    Bounds(expected: [0, 2, 4, 255]), Bounds(start: [2], expected: [2, 4, 255]),
    Bounds(start: [1], end: [4], expected: [2]), Bounds(start: [1], end: [4, 0], expected: [2, 4]),
    Bounds(end: [0], expected: []), Bounds(start: [2], end: [2], expected: []),
    Bounds(start: [4], end: [2], expected: []),
    Bounds(start: [255, 0], expected: [])
  ])
  func aScanGoesFromTheStartUpToTheEnd(_ bounds: Bounds) throws {
    let database = try filled([4, 255, 0, 2])
    var found: [UInt8] = []
    try database.scan(in: one, from: bounds.start, to: bounds.end) { key, value in
      #expect(value == key + key)
      found += key
      return true
    }
    #expect(found == bounds.expected)
  }

  @Test func aScanStopsWhenTold() throws {
    let database = try filled([1, 2, 3])
    var found: [UInt8] = []
    try database.scan(in: one) { key, _ in
      found += key
      return found.count < 2
    }
    #expect(found == [1, 2])
  }

  @Test func aSnapshotDoesNotSeeLaterCommits() throws {
    let database = try filled([1, 2])
    let snapshot = database.snapshot()
    var batch = Batch()
    batch.set(nil, in: one, at: [1])
    batch.set([9], in: one, at: [2])
    batch.set([3], in: one, at: [3])
    try database.write(batch)
    #expect(try snapshot.value(in: one, at: [1]) == [1, 1])
    #expect(try snapshot.value(in: one, at: [2]) == [2, 2])
    #expect(try snapshot.value(in: one, at: [3]) == nil)
    #expect(try database.value(in: one, at: [3]) == [3])
  }

  @Test func aSnapshotKeepsTheDatabaseOpenUntilItGoes() throws {
    var snapshot = Optional(try filled([1]).snapshot())
    #expect(try snapshot?.value(in: one, at: [1]) == [1, 1])
    #expect(throws: StorageError.self) { try open() }
    snapshot = nil
    #expect(try open().value(in: one, at: [1]) == [1, 1])
  }
}

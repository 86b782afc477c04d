import Cryptography
import Encoding
import Testing

@testable import StateTree

@Suite("The state")
struct StateTests {
  private static let numbers = Table<UInt64, UInt64>(7, 1, "test/numbers")
  private static let pairs = Table<Pair<UInt64, UInt64>, String>(7, 2, "test/pairs")
  private static let single = Table<Only, String>(7, 3, "test/single")
  private struct Failure: Error {}

  @Test("A row is read, replaced and removed through the subscript, over and under the backing")
  func rows() {
    var backing = MemoryBacking()
    var state = State(backing)
    #expect(state[Self.numbers, 1] == nil)
    state[Self.numbers, 1] = 10
    state[Self.single, Only()] = "one"
    #expect(state[Self.numbers, 1] == 10)
    backing.apply(state.changes())

    var next = State(backing)
    #expect(next[Self.numbers, 1] == 10)
    #expect(next[Self.single, Only()] == "one")
    next[Self.numbers, 1] = nil
    #expect(next[Self.numbers, 1] == nil)
    #expect(next.changes() == [StateChange(key: Self.numbers.path(1), value: nil, isNew: false)])
    backing.apply(next.changes())
    #expect(State(backing)[Self.numbers, 1] == nil)
  }

  @Test("A default value is stored, and differs from nothing")
  func zero() {
    var state = State(MemoryBacking())
    state[Self.numbers, 0] = 0
    #expect(state[Self.numbers, 0] == 0)
    #expect(state.rows(of: Self.numbers).map(\.key) == [0])
  }

  @Test("A failed change is undone with its events, and everything before it stays")
  func rollback() {
    var state = State(MemoryBacking())
    state[Self.numbers, 1] = 1
    #expect(throws: Failure.self) {
      try state.atomically { (state) throws(Failure) in
        state[Self.numbers, 1] = 2
        state[Self.numbers, 2] = 2
        state[Self.numbers, 1] = nil
        throw Failure()
      }
    }
    #expect(state.changes() == [StateChange(key: Self.numbers.path(1), value: [1])])
  }

  @Test("When the outer change fails, an inner one that succeeded is undone too", arguments: [false, true])
  func nestedRollback(writesBefore: Bool) {
    var state = State(MemoryBacking())
    #expect(throws: Failure.self) {
      try state.atomically { (state) throws(Failure) in
        if writesBefore { state[Self.numbers, 1] = 1 }
        state.atomically { state in state[Self.numbers, 2] = 2 }
        throw Failure()
      }
    }
    #expect(state.changes().isEmpty)
  }

  @Test("When an inner change fails, the outer one keeps its own")
  func nestedRecovery() {
    var state = State(MemoryBacking())
    state.atomically { state in
      state[Self.numbers, 1] = 1
      try? state.atomically { (state) throws(Failure) in
        state[Self.numbers, 1] = 2
        state[Self.numbers, 2] = 2
        throw Failure()
      }
    }
    #expect(state.rows(of: Self.numbers).map(\.row) == [1])
  }

  @Test("Events are taken once, in order, without those of failed changes")
  func events() {
    var state = State(MemoryBacking())
    state.emit(Happened(number: 1))
    try? state.atomically { (state) throws(Failure) in
      state.emit(Happened(number: 2))
      throw Failure()
    }
    state.atomically { state in state.emit(Happened(number: 3)) }
    #expect(state.takeEvents().compactMap { ($0 as? Happened)?.number } == [1, 3])
    #expect(state.takeEvents().isEmpty)
  }

  @Test("Rows under the first of a pair begin at the second, and end with the group")
  func pairs() {
    var state = State(MemoryBacking())
    for first in [1, 2, UInt64.max] {
      for second in [0, 5, UInt64.max] { state[Self.pairs, Pair(first, second)] = "\(second)" }
    }
    #expect(state.rows(of: Self.pairs, under: 2).map(\.key.second) == [0, 5, .max])
    #expect(state.rows(of: Self.pairs, under: 2, from: 5).map(\.key.second) == [5, .max])
    #expect(state.rows(of: Self.pairs, under: .max, from: 1, limit: 1).map(\.key) == [Pair(.max, 5)])
    #expect(state.rows(of: Self.pairs, under: 3).isEmpty)
    #expect(state.rows(of: Self.pairs).map(\.key.first) == [1, 1, 1, 2, 2, 2, .max, .max, .max])
  }

  @Test("Changes come in the order of their keys, over all tables")
  func changesAscend() {
    var state = State(MemoryBacking())
    state[Self.single, Only()] = "last"
    state[Self.numbers, 300] = 1
    state[Self.numbers, 2] = 1
    let keys = state.changes().map(\.key)
    #expect(keys == [Self.numbers.path(2), Self.numbers.path(300), Self.single.path(Only())])
  }
}

/// The event of these tests.
private struct Happened: Event {
  static let code: UInt32 = 1
  static let schema = Schema("Happened", "It happened.", Happened.init, Field(1, "number", \.number, "Which."))
  let number: UInt64
  var accounts: [Address] { [] }
}

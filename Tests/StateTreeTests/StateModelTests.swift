import Encoding
import Testing

@testable import StateTree

/// The state beside a dictionary that does the same: writes, removals, failed changes inside each other, and commits.
@Suite("The state and its model")
struct StateModelTests {
  private static let table = Table<UInt64, UInt64>(7, 1, "test/numbers")
  private static let neighbour = Table<UInt64, UInt64>(7, 2, "test/neighbour")
  private struct Failure: Error {}

  @Test(
    "agree on every row, range and change, however few rows are kept decoded", arguments: 0..<40 as Range<UInt64>,
    [1, 400, 100_000])
  func agree(seed: UInt64, rowBytes: Int) {
    var random = Random(seed: seed)
    var backing = MemoryBacking()
    let committed = CommittedState(backing, rowBytes: rowBytes)
    var model: [UInt64: UInt64] = [:]
    for _ in 0..<6 {
      var state = State(on: committed)
      state[Self.neighbour, 0] = 1
      for _ in 0..<12 { Self.change(&state, &model, depth: 0, &random) }
      Self.compare(state, model, &random)
      Self.abandon(State(on: committed), &random)
      backing.apply(state.changes())
      committed.advance(to: backing, with: state)
      Self.compare(State(on: committed), model, &random)
      Self.compare(State(backing), model, &random)
    }
  }

  /// Writes into a state that is never committed, and must not show in others on the same rows.
  private static func abandon(_ state: consuming State, _ random: inout Random) {
    var unseen: [UInt64: UInt64] = [:]
    for _ in 0..<8 { write(&state, &unseen, &random) }
  }

  /// Writes a little, perhaps changes more inside, and fails every other time.
  private static func change(
    _ state: inout State, _ model: inout [UInt64: UInt64], depth: Int, _ random: inout Random
  ) {
    var changed = model
    do throws(Failure) {
      try state.atomically { (state) throws(Failure) in
        for _ in 0..<random.below(4) { write(&state, &changed, &random) }
        if depth < 3, random.below(2) == 0 { change(&state, &changed, depth: depth + 1, &random) }
        for _ in 0..<random.below(3) { write(&state, &changed, &random) }
        if random.below(2) == 0 { throw Failure() }
      }
      model = changed
    } catch {}
  }

  private static func write(_ state: inout State, _ model: inout [UInt64: UInt64], _ random: inout Random) {
    let key = UInt64(random.below(24)) * 100
    let row = random.below(3) == 0 ? nil : random.next()
    state[table, key] = row
    model[key] = row
  }

  private static func compare(_ state: borrowing State, _ model: [UInt64: UInt64], _ random: inout Random) {
    for key in 0..<24 as Range<UInt64> { #expect(state[table, key * 100] == model[key * 100]) }
    for _ in 0..<8 {
      let first = random.below(4) == 0 ? nil : UInt64(random.below(2500))
      let limit = random.below(4) == 0 ? Int.max : random.below(8)
      let expected = model.sorted { $0.key < $1.key }.filter { $0.key >= first ?? 0 }.prefix(limit)
      let rows = state.rows(of: table, from: first, limit: limit)
      #expect(rows.map(\.key) == expected.map(\.key))
      #expect(rows.map(\.row) == expected.map(\.value))
    }
  }
}

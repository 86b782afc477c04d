import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

/// Seeded load over all modules; `SEED` selects another beginning.
@Suite("The simulation")
struct SimulationTests {
  private static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 1
  private static let runs = 4
  private static let blocksPerRun = 20

  @Test("keeps every invariant after every transaction, and replays to the same roots", arguments: 0..<runs)
  func run(number: Int) throws {
    var simulation = try Simulation(seed: Self.seed + UInt64(number))
    for _ in 0..<Self.blocksPerRun {
      let violations = try simulation.step()
      #expect(violations.isEmpty, "seed \(Self.seed + UInt64(number))")
    }
    let replayed = try Simulation.replay(simulation.blocks, by: simulation.ledger)
    #expect(replayed == simulation.blocks.map(\.root))
    #expect(Set(replayed).count > 1)
  }

  @Test("of one seed comes to the same roots again, and of another to others")
  func repeats() throws {
    func roots(_ seed: UInt64) throws -> [Digest] {
      var simulation = try Simulation(seed: seed)
      for _ in 0..<4 { _ = try simulation.step() }
      return simulation.blocks.map(\.root)
    }
    #expect(try roots(Self.seed) == roots(Self.seed))
    #expect(try roots(Self.seed) != roots(Self.seed + 1))
  }

  @Test("reaches the success of every transaction type")
  func reach() throws {
    var simulation = try Simulation(seed: Self.seed)
    for _ in 0..<120 { _ = try simulation.step(checking: false) }
    for type in simulation.ledger.modules.flatMap({ $0.transactions }) {
      #expect(simulation.tally[type.name, default: 0] > 0, "\(type.name) never took effect")
    }
    #expect(simulation.tally.count { $0.key.contains(".") } > 10)
  }
}

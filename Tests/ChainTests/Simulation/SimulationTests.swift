import Encoding
import Foundation
import LedgerKit
import StateTree
import Testing

/// 100,000 transactions of all types on independent networks, each run twice; `SEED` selects another beginning.
@Suite("The simulation")
struct SimulationTests {
  private static let seed = ProcessInfo.processInfo.environment["SEED"].flatMap(UInt64.init) ?? 1
  /// Networks are short, because every invariant walks the whole state after every transaction.
  private static let networks = 100
  private static let blocksPerNetwork = 1_000 / Simulation.transactionsPerBlock
  /// Networks that run at once: as many as small machines have cores.
  private static let lanes = 2

  @Test("keeps every invariant after every transaction, and comes to the same roots run twice, replayed and recovered")
  func run() async throws {
    let tally = try await withThrowingTaskGroup(of: [String: Int].self) { group in
      for lane in 0..<Self.lanes { group.addTask { try await Self.runNetworks(of: lane) } }
      return try await group.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }
    for type in SimulatedNode.ledger.modules.flatMap({ $0.transactions }) {
      #expect(tally[type.name, default: 0] > 0, "\(type.name) never took effect")
    }
    for event in SimulatedEngine.expectedEvents { #expect(tally[event, default: 0] > 0, "\(event) never happened") }
    let reasons = tally.keys.filter { $0.contains(".") }
    #expect(reasons.count >= 20, "only \(reasons.sorted()) were given")
    for input in HostileInput.all { #expect(tally[input.reason, default: 0] > 0, "\(input.reason) was never tried") }
  }

  private static func runNetworks(of lane: Int) async throws -> [String: Int] {
    var tally: [String: Int] = [:]
    for number in stride(from: lane, to: networks, by: lanes) {
      tally.merge(try await runNetwork(seed: seed &* 1000 &+ UInt64(number)), uniquingKeysWith: +)
    }
    return tally
  }

  /// Runs one network twice, replays its blocks, and recovers it from a crash; returns what was tried.
  private static func runNetwork(seed: UInt64) async throws -> [String: Int] {
    let crash = Int(seed % UInt64(blocksPerNetwork))
    let (blocks, tally, survivors) = try await simulate(seed: seed, crashingBefore: crash)
    #expect(try await simulate(seed: seed, crashingBefore: crash).blocks == blocks, "seed \(seed) does not repeat")
    var replayed = try SimulatedNode(Simulation.genesis)
    try expect(blocks[...], by: &replayed, "seed \(seed) replayed")
    var recovered = try SimulatedNode(recovering: survivors, after: blocks[..<crash])
    try expect(blocks[crash...], by: &recovered, "seed \(seed) recovered before block \(crash)")
    return tally
  }

  private static func simulate(
    seed: UInt64, crashingBefore crash: Int
  ) async throws -> (blocks: [SimulatedBlock], tally: [String: Int], survivors: MemoryBacking) {
    var simulation = try Simulation(seed: seed)
    var survivors = simulation.backing
    for number in 0..<blocksPerNetwork {
      if number == crash { survivors = simulation.backing }
      try simulation.runBlock()
      // Other tests wait for the same threads.
      await Task.yield()
    }
    #expect(simulation.faults.isEmpty, "seed \(seed)")
    return (simulation.blocks, simulation.tally, survivors)
  }

  private static func expect(
    _ blocks: ArraySlice<SimulatedBlock>, by node: inout SimulatedNode, _ comment: Comment
  ) throws {
    for block in blocks { #expect(try node.run(block) == block, comment) }
  }
}

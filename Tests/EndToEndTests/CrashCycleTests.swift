import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Operations
import Testing

/// Whatever a node acknowledged before it died is there when it is back, and its files are sound.
@Suite("kill -9 under load", .timeLimit(.minutes(30)))
struct CrashCycleTests {
  /// The variable CYCLES asks for more than every run makes.
  static let cycles = ProcessInfo.processInfo.environment["CYCLES"].flatMap(Int.init) ?? 20

  /// How a node runs in one cycle, and when it dies.
  struct Life: CustomStringConvertible {
    let number: Int
    let pace: String
    /// From the first submission to the kill: some fall before a block's write, some between that and the answer.
    let moment: Duration

    init(_ number: Int, _ random: inout Random) {
      self.number = number
      let isInstant = random.below(2) == 0
      pace = isInstant ? "instant" : "1s"
      moment = .milliseconds(random.below(isInstant ? 400 : 1500))
    }

    var description: String { "cycle \(number), pace \(pace), killed after \(moment)" }
  }

  @Test("nothing that was acknowledged is lost, and every audit is clean")
  func cycles() async throws {
    let seed: UInt64 = 7
    var random = Random(seed: seed)
    try await TestNetwork.run { network in
      var acknowledged = try await begin(network)
      var count = 0
      for number in 1...Self.cycles {
        let life = Life(number, &random)
        try await network.startNode(pace: life.pace)
        try await expect(acknowledged, in: network, "seed \(seed), before \(life)")
        acknowledged = try await load(network, until: life)
        try await audit(network, acknowledged, "seed \(seed), after \(life)")
        count += acknowledged.count
      }
      try await network.startNode()
      try await expect(acknowledged, in: network, "seed \(seed), at the end")
      #expect(count > 0, "the load never had an answer, so nothing was tested")
    }
  }

  /// Has the first fee paid, so that every account of the books is there.
  private func begin(_ network: TestNetwork) async throws -> [BatchEntry] {
    try await network.startNode()
    let outcome = try await network.client.submit(try await network.transfer(1))
    try await network.node.kill()
    return [BatchEntry(id: outcome.result.id, height: outcome.height, position: outcome.position)]
  }

  /// Submits transfers in both directions until the node is killed, and gives what it answered.
  private func load(_ network: TestNetwork, until life: Life) async throws -> [BatchEntry] {
    let (client, keys) = (network.client, [network.buyer, network.provider])
    let loads = [(keys[0], keys[1]), (keys[1], keys[0])].map { Load(client: client, key: $0, other: $1) }
    return try await withThrowingTaskGroup(of: [BatchEntry].self) { group in
      for load in loads { group.addTask { await load.run() } }
      try await Task.sleep(for: life.moment)
      try await network.node.kill()
      group.cancelAll()
      return try await group.reduce(into: []) { $0 += $1 }
    }
  }

  /// Audits the files that the kill left.
  private func audit(_ network: TestNetwork, _ acknowledged: [BatchEntry], _ context: Comment) async throws {
    let ending = try await network.relay(["audit", "--json"])
    let report = try JSON(parsing: Array(ending.output.utf8))
    #expect(ending.status == 0 && report["findings"] == .array([]), "\(context): \(ending.output) \(ending.errors)")
    let height = try UInt64(json: #require(report["height"]), unions: .none)
    #expect(acknowledged.allSatisfy { $0.height.map { $0 <= height } ?? false }, context)
    #expect(report["executed"] == report["height"], context)
  }

  /// Each acknowledged transaction is where the answer said, with the same result, and no money came or went.
  private func expect(_ acknowledged: [BatchEntry], in network: TestNetwork, _ context: Comment) async throws {
    for entry in acknowledged {
      let outcome = try await network.outcome(of: #require(entry.id))
      #expect(outcome.height == entry.height && outcome.position == entry.position, context)
      #expect(outcome.result.rejection == entry.rejection && outcome.result.isFinal, context)
    }
    let books = try await network.books()
    #expect(books.supply == 2 * TestNetwork.funds && books.sum == books.supply, context)
  }
}

/// Somebody who submits batches of transfers, one after the other, as long as the node answers.
private struct Load: Sendable {
  static let batchLength = 20

  let client: RelayClient
  let key: PrivateKey
  let other: PrivateKey

  /// The entries of the answers that have a block.
  func run() async -> [BatchEntry] {
    var entries: [BatchEntry] = []
    while !Task.isCancelled, let answer = try? await client.submit(batch: batch(), waitMilliseconds: 20_000) {
      entries += answer.filter { $0.height != nil }
    }
    return entries
  }

  private func batch() throws -> TransactionBatch {
    TransactionBatch(
      try (1...Self.batchLength).map { _ in try TestNetwork.transfer(UInt64.random(in: 1...100), from: key, to: other) }
    )
  }
}

import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Operations
import Testing

/// Four validators under a real CometBFT, whatever happens to them.
@Suite(
  "validators under CometBFT", .enabled(if: TestMachine.cometBFT != nil, TestMachine.cometReason), .serialized,
  .timeLimit(.minutes(20)))
struct CometBFTTests {
  /// How long the traffic goes on, in seconds: longer as SOAK_SECONDS says.
  static let soak = ProcessInfo.processInfo.environment["SOAK_SECONDS"].flatMap { Int($0) }

  @Test("commit deals and transfers through any of them, and agree on every block")
  func traffic() async throws {
    try await CometNetwork.run(pace: Self.soak == nil ? "300ms" : "1s") { network in
      let offer = try await network.listOffer()
      try await network.nodes[3].waitForHeight(try await network.nodes[0].head.height)
      let deadline = ContinuousClock.now + .seconds(Self.soak ?? 15)
      var deals = 0
      let entries = try await network.withLoad(on: network.nodes) {
        repeat {
          try await network.deal(deals, from: offer)
          deals += 1
        } while ContinuousClock.now < deadline
      }
      try await network.expectAgreement()
      try await Self.expect(entries.suffix(40), on: network.nodes)
      let height = try await network.nodes[0].head.height
      print("\(deals) deals and \(entries.count) transfers in \(height) blocks")
      try await Self.audit(network)
    }
  }

  /// Each transfer is where it was said to be, on every node.
  private static func expect(_ entries: ArraySlice<BatchEntry>, on nodes: [CometNode]) async throws {
    for node in nodes {
      try await node.waitForHeight(entries.compactMap(\.height).max() ?? 0)
      for entry in entries {
        let id = try #require(entry.id)
        let found = try #require(try await node.client.transaction(id))
        #expect(found.outcome.height == entry.height && found.outcome.position == entry.position)
      }
    }
  }

  /// Every block of every node, executed again, comes to the same.
  private static func audit(_ network: CometNetwork) async throws {
    for node in network.nodes {
      try await node.kill()
      let ending = try await RelayProcess(["audit", "--home", node.folder + "/relay", "--json"]).end(
        within: .seconds(300))
      let report = try JSON(parsing: Array(ending.output.utf8))
      #expect(ending.status == 0 && report["findings"] == .array([]), "\(ending.output) \(ending.errors)")
    }
  }

  @Test("one that dies changes nothing for users of the others, and catches up")
  func oneDies() async throws {
    try await CometNetwork.run { network in
      try await network.withLoad(on: [network.nodes[0]]) {
        try await network.nodes[3].kill()
        try await Self.rejoin(network.nodes[3], in: network) { try await $0.start() }

        try await network.nodes[2].killRelay()
        try await Self.rejoin(network.nodes[2], in: network) { try await $0.start() }

        try await network.nodes[1].killComet()
        #expect(try await network.nodes[1].client.chain().genesis.chain == "testnet", "it answers what it knows")
        try await Self.rejoin(network.nodes[1], in: network) { try $0.startComet() }
      }
      try await network.expectAgreement()
    }
  }

  /// The others go on for a few blocks; then the node starts again, and reaches them.
  private static func rejoin(
    _ node: CometNode, in network: CometNetwork, _ start: (CometNode) async throws -> Void
  ) async throws {
    try await network.nodes[0].waitForBlocks(3)
    try await start(node)
    try await node.waitForHeight(try await network.nodes[0].head.height + 2)
  }

  @Test("two that die stop the chain, and it goes on when one returns")
  func twoDie() async throws {
    try await CometNetwork.run { network in
      for index in [2, 3] { try await network.nodes[index].kill() }
      // What both had signed still becomes a block.
      try await Task.sleep(for: .seconds(2))
      let halted = try await network.nodes[0].head.height
      try await Task.sleep(for: .seconds(5))
      #expect(try await network.nodes[0].head.height == halted)
      try await network.nodes[2].start()
      try await network.nodes[0].waitForHeight(halted + 3)
      try await network.nodes[3].start()
      try await network.nodes[3].waitForHeight(halted + 5)
      try await network.expectAgreement()
    }
  }

  @Test("one that lost its disk rejoins by executing every block, and another from a snapshot")
  func wiped() async throws {
    try await CometNetwork.run { network in
      try await network.withLoad(on: [network.nodes[0]]) {
        try await network.nodes[0].waitForHeight(6)
        try await network.nodes[3].wipe()
        try await network.nodes[3].start()
        try await network.nodes[3].waitForHeight(try await network.nodes[0].head.height + 1)
        try await network.expectAgreement()

        try await network.nodes[0].waitForHeight(13)
        try await network.nodes[2].wipe()
        try await network.nodes[2].syncState(from: [network.nodes[0], network.nodes[1]])
        try await network.nodes[2].start()
        try await network.nodes[2].waitForHeight(
          try await network.nodes[0].head.height + 1, within: .seconds(90))
      }
      #expect(network.nodes[2].text.contains("the state of another node is in place"))
      try await network.expectAgreement()
    }
  }
}

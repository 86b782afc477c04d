import Chain
import Cryptography
import Encoding
import Engine
import Foundation
import LedgerKit
import Logging
import SoloEngine
import Storage
import Testing

@testable import Node

/// What a node makes of a state that a crash left behind its blocks.
struct ReplayTests {
  let rig = Rig()
  private var state: String { rig.home + "/chain/state" }
  private var copy: String { rig.home + "/older-state" }

  /// Commits `envelopes`, one block each, and closes the node.
  private func commit(_ envelopes: [[UInt8]], segmentBytes: Int = 1 << 20) async throws -> Header {
    var configuration = rig.configuration
    configuration.storage.segmentBytes = segmentBytes
    let node = try await rig.whenClosed {
      try Node(configuration, genesis: rig.genesis(), key: rig.sequencer, pace: .instant, logger: Logger(label: "node"))
    }
    return try await running(node.services) {
      for envelope in envelopes { _ = try await node.submitAndWait(envelope) }
      return node.head
    }
  }

  /// Runs `body` on the files of the store once nobody has it open.
  private func onFiles(_ body: () throws -> Void) async throws {
    try await rig.whenClosed {
      _ = try ChainStore(path: rig.home + "/chain")
      try body()
    }
  }

  @Test(arguments: [false, true])
  func theStateFollowsTheBlocks(fromGenesis: Bool) async throws {
    let first = try rig.transfer(5)
    _ = try await commit([first, rig.transfer(6)])
    try await onFiles { try FileManager.default.copyItem(atPath: state, toPath: copy) }
    let later = try rig.transfer(7)
    let head = try await commit([later, rig.transfer(8), rig.transfer(9)])
    try await onFiles {
      try FileManager.default.removeItem(atPath: state)
      if !fromGenesis { try FileManager.default.copyItem(atPath: copy, toPath: state) }
    }
    let node = try await rig.node()
    #expect(node.head == head && head.height == 5)
    #expect(node.application.store.stateHeight == 5)
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 35)
    for envelope in [first, later] {
      #expect(await rejection { try await node.submit(envelope) } == "ledger.duplicate")
    }
  }

  @Test(arguments: ["transactions", "results", "state"])
  func theFirstRootThatDiffersIsNamed(_ part: String) async throws {
    let head = try await commit([rig.transfer(5)])
    try await onFiles {
      try FileManager.default.copyItem(atPath: state, toPath: copy)
      let wrong = Digest(of: [1])
      let results = BlockResults(transactions: [], events: [])
      let header = Header(
        chain: head.chain, height: 2, time: head.time.adding(seconds: 1), previous: head.digest,
        transactions: part == "transactions" ? wrong : Digest(merkleRootOf: []),
        results: part == "results" ? wrong : results.root, state: part == "state" ? wrong : head.state)
      try ChainStore(path: rig.home + "/chain").commit(
        Block(header: header, signature: nil, transactions: []), results, [])
      try FileManager.default.removeItem(atPath: state)
      try FileManager.default.moveItem(atPath: copy, toPath: state)
    }
    let error = await #expect(throws: Divergence.self) { try await rig.node() }
    #expect(error?.description.contains("block 2, executed again, has the root") == true)
    #expect(error?.description.contains("of its \(part); its header commits to \(Digest(of: [1]))") == true)
  }

  @Test func prunedBlocksAreNamed() async throws {
    let head = try await commit((1...8).map { try rig.transfer($0) }, segmentBytes: 1)
    try await onFiles {
      let store = try ChainStore(path: rig.home + "/chain")
      let pruning = Pruning(keepBlocks: 3, ledger: try Ledger(rig.genesis()), store: store)
      for _ in 0..<20 { try pruning.run(after: head, windowSeconds: 3600) }
      #expect(store.firstKeptHeight == 1)
      for _ in 0..<20 { try pruning.run(after: head, windowSeconds: 0) }
      #expect(store.firstKeptHeight == 6)
    }
    let node = try await rig.node()
    #expect(try node.block(at: 6)?.header.height == 6)
    let error = #expect(throws: HistoryError.self) { try node.block(at: 5) }
    #expect(error?.description == "block 5 was pruned; this node keeps blocks from 6 on")
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 36)
  }

  @Test func aBlockThatCannotBeStoredStopsTheNode() async throws {
    let node = try await rig.node()
    let heights = node.heights()
    // The file that the next block begins is there already.
    try Data().write(to: URL(fileURLWithPath: rig.home + "/chain/blocks/00000000000000000001.blocks"))
    let error = await #expect(throws: EngineError.self) { try await observeStop(of: node, heights) }
    #expect(error?.description.contains("block 1 cannot be stored") == true)
  }

  /// Nobody waits for the block that does not come.
  private func observeStop(of node: Node, _ heights: AsyncStream<UInt64>) async throws {
    try await running(node.services) {
      let outcome = try await node.submitAndWait(rig.transfer(5))
      #expect(outcome == nil)
      for await _ in heights {}
      #expect(await rejection { try await node.prove([]) } == "node.shuttingDown")
      #expect(node.head.height == 0)
    }
  }
}

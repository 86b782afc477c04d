import Cryptography
import Encoding
import Index
import LedgerKit
import Logging
import Money
import ServiceLifecycle
import SoloEngine
import Testing

@testable import Node

struct HistoryTests {
  let rig = Rig()
  private var alice: Address { Address(Rig.alice.publicKey) }

  /// Makes 30 blocks with `services` of the node alone, and gives what happened in them, oldest first.
  private func makeBlocks(_ node: Node, with services: [any Service]) async throws -> [HistoryEvent] {
    try await running(services) {
      for nano: UInt64 in 1...30 {
        let isFromAlice = nano % 3 == 0
        let envelope = try rig.transfer(
          nano, from: isFromAlice ? Rig.alice : Rig.bob, to: isFromAlice ? Rig.bob : Rig.alice)
        _ = try await node.submitAndWait(envelope)
      }
    }
    return try (0...30 as ClosedRange<UInt64>).flatMap { height in
      let block = try #require(try node.block(at: height))
      return CommittedBlock(block: block, results: try #require(try node.results(at: height))).events
    }
  }

  private func expectPages(of node: Node, toBe all: [HistoryEvent]) async throws {
    for (account, kind) in [(nil, nil), (alice, nil), (alice, "feeCharged"), (nil, "transferred")] {
      var joined: [HistoryEvent] = []
      var next: EventPlace?
      repeat {
        let page = try await node.eventPage(of: account, kind: kind, before: next, limit: 7)
        joined += page.events
        next = page.next
      } while next != nil
      let wanted = all.filter { event in
        (account.map(event.event.accounts.contains) ?? true)
          && (kind.map { $0 == type(of: event.event.event).jsonName } ?? true)
      }
      #expect(joined == wanted.reversed())
    }
  }

  @Test func pagesAreThoseOfAScan() async throws {
    let node = try await rig.node()
    let all = try await makeBlocks(node, with: node.services)
    try await node.history.catchUp()
    try await expectPages(of: node, toBe: all)
  }

  @Test func theFeedFollowsTheChain() async throws {
    let node = try await rig.node()
    try await running(node.services) {
      _ = try await node.submitAndWait(rig.transfer(1))
      while try await node.history.index.height() != 1 { try await Task.sleep(for: .milliseconds(2)) }
    }
    #expect(try await node.eventPage().events.count == 2)
  }

  /// The node stops between the commits of blocks and their indexing; the next start makes up for it.
  @Test func anIndexBehindCatchesUp() async throws {
    let all = try await stopBehind()
    let node = try await rig.node()
    #expect(try await node.history.index.height() == nil)
    try await node.history.catchUp()
    try await expectPages(of: node, toBe: all)
    #expect(try await node.committedTransaction(.zero) == nil)
  }

  private func stopBehind() async throws -> [HistoryEvent] {
    let node = try await rig.node()
    let all = try await makeBlocks(node, with: node.services.suffix(1))
    let newest = try #require(all.last)
    #expect(try await node.history.index.height() == nil)
    let id = try #require(newest.transaction)
    #expect(try await node.committedTransaction(id)?.outcome.height == 30)
    let oldest = try #require(all.first { $0.place.height == 1 }?.transaction)
    for id in [oldest, .zero] {
      await #expect(throws: HistoryError.behind(indexed: nil, head: 30)) { try await node.committedTransaction(id) }
    }
    return all
  }

  @Test func aNodeWithoutAnIndexSaysSoAndFindsTheNewest() async throws {
    var configuration = rig.configuration
    configuration.isIndexed = false
    let node = try Node(
      configuration, genesis: rig.genesis(), key: rig.sequencer, pace: .instant, logger: Logger(label: "node"))
    let ids = try await running(node.services) {
      var ids: [Digest] = []
      for nano in 1...20 {
        ids.append(try #require(try await node.submitAndWait(rig.transfer(UInt64(nano)))).result.id)
      }
      return ids
    }
    await #expect(throws: HistoryError.notIndexed) { try await node.eventPage(of: alice) }
    await #expect(throws: HistoryError.notIndexed) { try await node.committedTransaction(ids[0]) }
    #expect(try await node.committedTransaction(ids[19])?.outcome.height == 20)
  }

  @Test func reindexingGivesTheSameAnswers() async throws {
    let all = try await stopBehind()
    try await rig.whenClosed {
      var steps: [[UInt64]] = []
      try await Node.reindex(
        rig.configuration, genesis: rig.genesis(), logger: Logger(label: "node")
      ) { height, head in steps.append([height, head]) }
      #expect(steps == [[30, 30]])
    }
    try await expectPages(of: try await rig.node(), toBe: all)
  }
}

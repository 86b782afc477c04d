import Cryptography
import Encoding
import Foundation
import Index
import LedgerKit
import Logging
import Money
import SoloEngine
import Storage
import Testing

@testable import Node

/// What a node makes of another one's snapshot.
struct SnapshotTests {
  let maker: SnapshotRig
  let other: SnapshotRig

  init() throws {
    maker = try SnapshotRig()
    other = try SnapshotRig()
  }

  private func restored() async throws -> (original: Node, copy: Node) {
    try await maker.makeBlocks()
    try other.restore(try await maker.snapshot())
    return (try await maker.rig.node(), try await other.rig.node())
  }

  @Test func theCopyAnswersAndProvesAlike() async throws {
    let (original, copy) = try await restored()
    #expect(copy.head == original.head && copy.head.height == 5)
    let keys =
      AccountOf(owner: Address(Rig.bob.publicKey)).evidence + AccountOf(owner: Address(module: "nobody")).evidence
    let proven = try await copy.prove(keys)
    #expect(proven.encoded == (try await original.prove(keys)).encoded)
    for evidence in proven.evidence { try evidence.verify(under: copy.head) }
    #expect(try copy.available(Rig.bob) == Rig.funds.nano + 2705)
  }

  @Test func bothGoOnAlike() async throws {
    let (original, copy) = try await restored()
    let next = try maker.rig.transfer(7, at: SnapshotRig.time(1010))
    let header = try await original.makeBlock(of: [next], at: 1010, maker.rig)
    #expect(try await copy.makeBlock(of: [next], at: 1010, other.rig) == header)
  }

  @Test func theCopyStartsAgain() async throws {
    try await maker.makeBlocks()
    try other.restore(try await maker.snapshot())
    let next = try maker.rig.transfer(7, at: SnapshotRig.time(1010))
    let header = try await other.rig.node().makeBlock(of: [next], at: 1010, other.rig)
    #expect(try await other.rig.node().head == header)
    #expect(try await other.rig.node().available(Rig.bob) == Rig.funds.nano + 2712)
  }

  @Test func aTransactionOfTheWindowIsNotExecutedAgain() async throws {
    let (_, copy) = try await restored()
    let old = try VerifiedEnvelope(maker.envelopes[3], for: copy.ledger)
    let time = SnapshotRig.time(1050)
    #expect(await rejection { try await copy.application.check(old, at: time) } == "ledger.duplicate")
    let new = try VerifiedEnvelope(try maker.rig.transfer(9, at: time), for: copy.ledger)
    #expect(await rejection { try await copy.application.check(new, at: time) } == nil)
  }

  @Test func blocksBeforeTheWindowAreAsIfPruned() async throws {
    let (original, copy) = try await restored()
    #expect(try copy.block(at: 2)?.encoded == (try original.block(at: 2)?.encoded))
    let error = #expect(throws: HistoryError.self) { try copy.block(at: 1) }
    #expect(error?.description == "block 1 was pruned; this node keeps blocks from 2 on")
    try await copy.history.catchUp()
    #expect(try await Set(copy.eventPage(limit: 100).events.map(\.place.height)) == [5, 4, 3, 2])
  }

  @Test func oneHeightHasOneSnapshot() async throws {
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot()
    #expect(snapshot.manifest.chunks.count > 3)
    try other.restore(snapshot)
    #expect(try await other.snapshot().manifest.name == snapshot.manifest.name)
    let whole = try await maker.snapshot(chunkBytes: SnapshotChunk.standardBytes)
    let joined = try snapshot.manifest.chunks.indices.flatMap { try snapshot.chunk(at: $0) }
    #expect(try whole.chunk(at: 0) == joined)
    #expect(try SnapshotFolder.all(in: maker.rig.home).count == 2)
  }

  @Test func aChainThatIsThereIsLeftAlone() async throws {
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot()
    let error = #expect(throws: SnapshotError.self) { try maker.restore(snapshot) }
    #expect(error?.description.contains("/chain is there already") == true)
    #expect(try await maker.rig.node().head.height == 5)
  }

  @Test func theGenesisDocumentAloneNeedsNoSnapshot() async throws {
    _ = try await maker.rig.node()
    let error = await #expect(throws: SnapshotError.self) { try await maker.snapshot() }
    #expect(error?.description.contains("the genesis document is all that a node needs") == true)
  }

  @Test func aRunningNodeKeepsTheNewestTwo() async throws {
    var configuration = maker.rig.configuration
    configuration.snapshotEveryBlocks = 1
    let node = try Node(
      configuration, genesis: maker.rig.genesis(), key: maker.rig.sequencer, pace: .instant,
      logger: Logger(label: "node"))
    try await running(node.services) {
      for nano: UInt64 in 1...4 {
        _ = try await node.submitAndWait(maker.rig.transfer(nano))
        let path = maker.rig.home + "/snapshots/\(nano)/manifest"
        while !FileManager.default.fileExists(atPath: path) { try await Task.sleep(for: .milliseconds(2)) }
      }
    }
    let snapshots = try SnapshotFolder.all(in: maker.rig.home + "/snapshots")
    #expect(snapshots.map(\.manifest.header.height) == [3, 4])
    for snapshot in snapshots { try snapshot.verify(genesis: maker.rig.genesis()) }
  }
}

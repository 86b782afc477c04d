import Cryptography
import Encoding
import Engine
import Foundation
import LedgerKit
import StateTree
import Testing

@testable import CometEngine
@testable import Node

@Suite("A new validator's ledger")
struct StateSyncTests {
  /// A ledger that made a snapshot after its last block, and what another one is told of it.
  private struct Source {
    /// Keeps the files.
    private let rig = CometRig()
    let ledger: CometLedger
    let offer: SnapshotInformation
    let root: Bytes
    let height: UInt64
    let next: [UInt8]

    init(height: UInt64 = 5) async throws {
      ledger = try await rig.ledger()
      try await ledger.begin()
      for height in 1...height { try await ledger.block(height, [try CometRig.transfer(height)]) }
      root = await ledger.info().appHash
      self.height = height
      next = try CometRig.transfer(99)
      let node = try #require(await ledger.newcomer.opened())
      let source = SnapshotSource(
        genesis: CometRig.genesis(), ledger: node.ledger, store: node.application.store,
        committed: node.application.committed)
      // Small chunks, so that there are several.
      _ = try source.write(to: rig.rig.home + "/snapshots/\(height)", chunkBytes: 400)
      offer = try #require(try await ledger.abci.listSnapshots().snapshots.first)
    }

    func chunk(_ position: UInt32) async throws -> Bytes {
      try await ledger.abci.loadChunk(LoadChunkRequest(height: height, format: 1, position: position)).content
    }
  }

  private func offer(
    _ snapshot: SnapshotInformation, _ root: Bytes, to ledger: CometLedger
  ) async throws -> OfferSnapshotResponse {
    try await ledger.abci.offerSnapshot(OfferSnapshotRequest(snapshot: snapshot, appHash: root))
  }

  private func apply(_ content: Bytes, _ position: UInt32, to ledger: CometLedger) async throws -> ApplyChunkResponse {
    try await ledger.abci.applyChunk(ApplyChunkRequest(position: position, content: content, sender: "peer"))
  }

  @Test("starts from another's snapshot, and goes on to the same app hashes")
  func restores() async throws {
    let source = try await Source()
    #expect(source.offer.chunkCount > 3)
    let rig = CometRig()
    var ledger = try await rig.ledger()
    #expect(await ledger.height() == 0)
    #expect(try await offer(source.offer, source.root, to: ledger) == .accept)
    for position in 0..<source.offer.chunkCount {
      #expect(try await apply(source.chunk(position), position, to: ledger) == .accept)
    }
    #expect(await ledger.info() == (await source.ledger.info()))
    let hash = try await source.ledger.block(source.height + 1, [source.next])
    #expect(try await ledger.block(source.height + 1, [source.next]) == hash)
    // What was executed before the snapshot is not executed again.
    let first = try #require(try await source.ledger.newcomer.opened()?.block(at: 1)?.transactions.first)
    let again = await ledger.abci.check([CheckRequest(transaction: first, kind: 0)])
    #expect(again.first?.log.hasPrefix("ledger.duplicate") == true)
    ledger = try await rig.restarted(ledger)
    #expect(await ledger.info().appHash == hash)
  }

  @Test("asks again for a chunk that is not the one of the manifest")
  func damagedChunk() async throws {
    let source = try await Source()
    let ledger = try await CometRig().ledger()
    _ = try await offer(source.offer, source.root, to: ledger)
    var spoilt = try await source.chunk(0).array
    spoilt[0] ^= 1
    let answer = try await apply(Bytes(spoilt), 0, to: ledger)
    #expect(answer == .retry(0, from: "peer"))
    #expect(try await apply(source.chunk(0), 0, to: ledger) == .accept)
    await #expect(throws: EngineError.self) { _ = try await apply(source.chunk(2), 2, to: ledger) }
  }

  @Test("takes no snapshot of another root, chain, format or name")
  func refused() async throws {
    let source = try await Source()
    let ledger = try await CometRig().ledger()
    let snapshot = source.offer
    func altered(format: UInt32 = 1, hash: Bytes? = nil, manifest: Bytes? = nil) -> SnapshotInformation {
      SnapshotInformation(
        height: snapshot.height, format: format, chunkCount: snapshot.chunkCount, hash: hash ?? snapshot.hash,
        manifest: manifest ?? snapshot.manifest)
    }
    let zero = Bytes([UInt8](repeating: 0, count: 32))
    #expect(try await offer(snapshot, zero, to: ledger) == .reject)
    #expect(try await offer(snapshot, Bytes([1]), to: ledger) == .reject)
    #expect(try await offer(altered(format: 2), source.root, to: ledger) == .rejectFormat)
    #expect(try await offer(altered(hash: zero), source.root, to: ledger) == .reject)
    #expect(try await offer(altered(manifest: Bytes([1, 2])), source.root, to: ledger) == .reject)
    #expect(await ledger.height() == 0)
  }

  @Test("takes no snapshot whose last block is another than the one that its state follows from")
  func forgedWindow() async throws {
    let source = try await Source()
    let folder = try SnapshotManifest(encoded: source.offer.manifest.array)
    // The root is right, and the header says of the block what the state does not: its transactions are left out.
    let forged = Header(
      chain: folder.header.chain, height: folder.header.height, time: folder.header.time,
      previous: folder.header.previous, transactions: Digest(merkleRootOf: []), results: folder.header.results,
      state: folder.header.state)
    var chunk = SnapshotChunk()
    for position in 0..<source.offer.chunkCount {
      let part = try SnapshotChunk(
        encoded: try await source.chunk(position).array, unions: source.ledger.abci.ledger.unions)
      chunk = SnapshotChunk(blocks: chunk.blocks + part.blocks, entries: chunk.entries + part.entries)
    }
    let last = try #require(chunk.blocks.last)
    let results = BlockResults(transactions: [], events: [])
    let header = Header(
      chain: forged.chain, height: forged.height, time: forged.time, previous: forged.previous,
      transactions: forged.transactions, results: results.root, state: forged.state)
    let replaced = SnapshotBlock(block: Block(header: header, signature: nil, transactions: []), results: results)
    #expect(last.block.header.height == header.height)
    let bytes = SnapshotChunk(blocks: chunk.blocks.dropLast() + [replaced], entries: chunk.entries).encoded
    let manifest = SnapshotManifest(
      genesis: folder.genesis, header: header, signature: nil, entryCount: folder.entryCount,
      chunks: [ChunkDigest(of: bytes)])
    let snapshot = SnapshotInformation(
      height: header.height, format: 1, chunkCount: 1, hash: Bytes(manifest.name.bytes),
      manifest: Bytes(manifest.encoded))
    let ledger = try await CometRig().ledger()
    #expect(try await offer(snapshot, source.root, to: ledger) == .accept)
    #expect(try await apply(Bytes(bytes), 0, to: ledger) == .rejectSnapshot)
    #expect(await ledger.height() == 0)
    try await ledger.begin()
    #expect(try await ledger.block(1).array.count == 32)
  }

  @Test("takes no snapshot once it has a chain")
  func tooLate() async throws {
    let source = try await Source()
    let ledger = try await CometRig().ledger()
    try await ledger.begin()
    await #expect(throws: EngineError.self) { _ = try await offer(source.offer, source.root, to: ledger) }
  }
}

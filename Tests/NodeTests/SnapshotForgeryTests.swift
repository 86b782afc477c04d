import Cryptography
import Encoding
import LedgerKit
import Testing

@testable import Node

/// A manifest that fits its chunks proves nothing: everything must lead to the header that the sequencer signed.
struct SnapshotForgeryTests {
  /// What somebody makes of a true snapshot, digests included.
  struct Forgery: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let message: String
    let forge: @Sendable (SnapshotChunk) throws -> SnapshotChunk

    init(
      _ name: String, _ message: String, _ forge: @escaping @Sendable (SnapshotChunk) throws -> SnapshotChunk
    ) {
      testDescription = name
      self.message = message
      self.forge = forge
    }

    /// Makes something of the last block.
    init(block name: String, _ message: String, _ forge: @escaping @Sendable (SnapshotBlock) throws -> SnapshotBlock) {
      self.init(name, message) { chunk in
        let last = try #require(chunk.blocks.last)
        return SnapshotChunk(blocks: chunk.blocks.dropLast() + [try forge(last)], entries: chunk.entries)
      }
    }
  }

  static let forgeries = [
    Forgery("an altered value", "its entries have the root ") { chunk in
      let last = try #require(chunk.entries.last)
      let altered = StateEntry(key: last.key, value: Bytes(last.value.array + [0]))
      return SnapshotChunk(blocks: chunk.blocks, entries: chunk.entries.dropLast() + [altered])
    },
    Forgery("a missing entry", "its manifest says ") { chunk in
      SnapshotChunk(blocks: chunk.blocks, entries: chunk.entries.dropLast())
    },
    Forgery("entries in another order", "not in the order of their keys") { chunk in
      SnapshotChunk(blocks: chunk.blocks, entries: chunk.entries.reversed())
    },
    Forgery("an entry twice", "not in the order of their keys") { chunk in
      SnapshotChunk(blocks: chunk.blocks, entries: chunk.entries + chunk.entries.suffix(1))
    },
    Forgery("a window that begins late", "its blocks begin at height 3, within the validity window") { chunk in
      SnapshotChunk(blocks: Array(chunk.blocks.dropFirst()), entries: chunk.entries)
    },
    Forgery("no block", "its last block is not that of its manifest") { chunk in
      SnapshotChunk(entries: chunk.entries)
    },
    Forgery("the last block left out", "its last block is not that of its manifest") { chunk in
      SnapshotChunk(blocks: chunk.blocks.dropLast(), entries: chunk.entries)
    },
    Forgery("a block left out", "block 4 does not follow block 2") { chunk in
      SnapshotChunk(blocks: chunk.blocks.filter { $0.block.header.height != 3 }, entries: chunk.entries)
    },
    Forgery(block: "a block without its transactions", "other transactions than its header commits to") { last in
      let block = Block(header: last.block.header, signature: last.block.signature, transactions: [])
      return SnapshotBlock(block: block, results: last.results)
    },
    Forgery(block: "a block without its results", "other results than its header commits to") { last in
      SnapshotBlock(block: last.block, results: BlockResults(transactions: [], events: []))
    },
    Forgery(block: "a block without its signature", "is not signed by the sequencer") { last in
      let block = Block(header: last.block.header, signature: nil, transactions: last.block.transactions)
      return SnapshotBlock(block: block, results: last.results)
    }
  ]

  private func trueSnapshot(_ maker: SnapshotRig) async throws -> (manifest: SnapshotManifest, chunk: SnapshotChunk) {
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot(chunkBytes: SnapshotChunk.standardBytes)
    let unions = try await maker.rig.node().ledger.unions
    return (snapshot.manifest, try SnapshotChunk(encoded: try snapshot.chunk(at: 0), unions: unions))
  }

  private func verify(_ chunks: [SnapshotChunk], _ manifest: SnapshotManifest, _ genesis: Genesis) throws(SnapshotError)
  {
    let bytes = chunks.map(\.encoded)
    let forged = SnapshotManifest(
      genesis: manifest.genesis, header: manifest.header, signature: manifest.signature,
      entryCount: manifest.entryCount, chunks: bytes.map { ChunkDigest(of: $0) })
    var verification = try SnapshotVerification(forged, genesis: genesis)
    for chunk in bytes { _ = try verification.accept(chunk) }
    try verification.finish()
  }

  @Test(arguments: forgeries)
  func aForgeryIsRefused(_ forgery: Forgery) async throws {
    let maker = try SnapshotRig()
    let (manifest, chunk) = try await trueSnapshot(maker)
    try verify([chunk], manifest, maker.rig.genesis())
    let error = #expect(throws: SnapshotError.self) {
      try verify([try forgery.forge(chunk)], manifest, maker.rig.genesis())
    }
    #expect(error?.description.contains(forgery.message) == true, "\(error?.description ?? "")")
  }

  @Test func keysAscendAcrossChunks() async throws {
    let maker = try SnapshotRig()
    let (manifest, chunk) = try await trueSnapshot(maker)
    let blocks = SnapshotChunk(blocks: chunk.blocks)
    let middle = chunk.entries.count / 2
    let halves = [chunk.entries.prefix(middle), chunk.entries.dropFirst(middle)].map {
      SnapshotChunk(entries: Array($0))
    }
    try verify([blocks] + halves, manifest, maker.rig.genesis())
    for (chunks, message) in [
      ([blocks] + halves.reversed(), "not in the order of their keys"), (halves + [blocks], "blocks come after entries")
    ] {
      let error = #expect(throws: SnapshotError.self) { try verify(chunks, manifest, maker.rig.genesis()) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  @Test func aHeaderThatNobodySignedIsRefused() async throws {
    let maker = try SnapshotRig()
    let (manifest, _) = try await trueSnapshot(maker)
    for signature in [nil, Rig.alice.sign(manifest.header.bytesToSign)] {
      let forged = SnapshotManifest(
        genesis: manifest.genesis, header: manifest.header, signature: signature, entryCount: manifest.entryCount,
        chunks: manifest.chunks)
      let error = #expect(throws: SnapshotError.self) {
        _ = try SnapshotVerification(forged, genesis: maker.rig.genesis())
      }
      #expect(error?.description.contains("no header that the sequencer") == true)
    }
  }
}

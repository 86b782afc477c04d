import Cryptography
import Encoding
import Engine
import Foundation
import LedgerKit
import SoloEngine

@testable import Node

/// A chain whose blocks have times of their own, so that its validity window of 600 seconds leaves some of them out.
struct SnapshotRig {
  /// Times of the blocks, in seconds after the first one.
  static let seconds: [UInt64] = [0, 200, 700, 800, 1000]
  let rig = Rig()
  /// One transaction for each block.
  let envelopes: [[UInt8]]

  init() throws {
    envelopes = try Self.seconds.map { [rig] in try rig.transfer($0 + 1, at: Self.time($0)) }
  }

  static func time(_ seconds: UInt64) -> Timestamp { Timestamp(milliseconds: 1_000_000 + 1000 * seconds) }

  /// Makes all blocks, and closes the node.
  func makeBlocks() async throws {
    let node = try await rig.node()
    for (second, envelope) in zip(Self.seconds, envelopes) { try await node.makeBlock(of: [envelope], at: second, rig) }
  }

  /// Makes a snapshot of chunks that hold little, so that there are many.
  func snapshot(chunkBytes: Int = 600) async throws -> SnapshotFolder {
    let path = rig.home + "/snapshot-\(chunkBytes)"
    return try await rig.whenClosed {
      try Node.createSnapshot(of: rig.configuration, genesis: rig.genesis(), to: path, chunkBytes: chunkBytes)
    }
  }

  /// Makes the chain of another node, which has nothing yet.
  func restore(_ snapshot: SnapshotFolder) throws {
    try Node.restore(snapshot, genesis: rig.genesis(), configuration: rig.configuration)
  }

  /// Whether the node's folder holds a chain, or a part of one.
  var hasChain: Bool {
    ["chain", "chain.partial"].contains { FileManager.default.fileExists(atPath: rig.home + "/" + $0) }
  }
}

extension Node {
  /// Makes a block with a time of its own.
  @discardableResult
  func makeBlock(of envelopes: [[UInt8]], at seconds: UInt64, _ rig: Rig) async throws -> Header {
    let transactions = try envelopes.map { try VerifiedEnvelope($0, for: ledger) }
    let header = try await application.finalize(
      Proposal(time: SnapshotRig.time(seconds), transactions: transactions)
    ).header
    try await application.commit(signature: rig.sequencer.sign(header.bytesToSign))
    return header
  }
}

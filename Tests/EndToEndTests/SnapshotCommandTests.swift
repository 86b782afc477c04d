import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

/// A node that lost its chain starts from a snapshot.
@Suite("relay snapshot", .timeLimit(.minutes(3)))
struct SnapshotCommandTests {
  @Test("create, list, verify and restore")
  func roundTrip() async throws {
    try await TestNetwork.run { network in
      let old = try await network.pay(3)
      let right = try await network.books()
      _ = try await network.node.terminate()
      let folder = network.home + "/snapshots/monday"
      let made = try await network.snapshot(["create", "--output", folder])
      #expect(made["height"] == .number("1"))
      let listed = try await network.snapshot(["list", network.home + "/snapshots"])
      #expect(listed == .array([made]))
      let name = try #require(try made["name"].map { try Digest(json: $0, unions: .none) })
      #expect(try await network.snapshot(["verify", folder, "--name", "\(name)"]) == made)
      try FileManager.default.removeItem(atPath: network.home + "/chain")
      #expect(try await network.snapshot(["restore", folder]) == made)
      try await network.startNode()
      #expect(try await network.books() == right)
      _ = try? await network.client.submit(old)
      #expect(try await network.received() == 3, "a transaction of before takes effect once")
      _ = try await network.client.submit(try await network.transfer(4))
      #expect(try await network.received() == 7)
    }
  }

  @Test("a damaged one is named, and nothing is left of it")
  func damage() async throws {
    try await TestNetwork.run { network in
      _ = try await network.pay(3)
      _ = try await network.node.terminate()
      let folder = network.home + "/monday"
      _ = try await network.snapshot(["create", "--output", folder])
      let chunk = URL(filePath: folder + "/chunk-000000")
      var bytes = try Data(contentsOf: chunk)
      bytes[bytes.count / 2] ^= 1
      try bytes.write(to: chunk)
      try FileManager.default.removeItem(atPath: network.home + "/chain")
      let ending = try await network.relay(["snapshot", "restore", folder])
      #expect(ending.status == 1)
      #expect(ending.errors.contains("chunk 0 of the snapshot has the digest"), "\(ending.errors)")
      let left = try FileManager.default.contentsOfDirectory(atPath: network.home)
      #expect(!left.contains { $0.hasPrefix("chain") }, "\(left)")
    }
  }
}

extension TestNetwork {
  /// Starts the node, and has it commit a transfer.
  fileprivate func pay(_ amount: UInt64) async throws -> Envelope {
    try await startNode()
    let envelope = try await transfer(amount)
    _ = try await client.submit(envelope)
    return envelope
  }

  /// Runs a command on snapshots, and returns what it prints.
  fileprivate func snapshot(_ words: [String]) async throws -> JSON {
    let ending = try await relay(["snapshot"] + words + ["--json"])
    try #require(ending.status == 0, "\(ending.errors)")
    return try JSON(parsing: Array(ending.output.utf8))
  }
}

import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

@testable import Node

/// What is not the committed state of the chain is refused, and leaves nothing behind.
struct SnapshotDamageTests {
  /// Something that happens to the files of a snapshot.
  struct Damage: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let message: String
    let happen: @Sendable (SnapshotFolder) throws -> Void

    init(_ name: String, _ message: String, _ happen: @escaping @Sendable (SnapshotFolder) throws -> Void) {
      testDescription = name
      self.message = message
      self.happen = happen
    }
  }

  static let damages = [
    Damage("a missing chunk", "chunk 1 of the snapshot is missing") { snapshot in
      try FileManager.default.removeItem(atPath: chunk(1, of: snapshot))
    },
    Damage("a chunk cut short", "chunk 2 of the snapshot has ") { snapshot in
      try Data(snapshot.chunk(at: 2).dropLast()).write(to: URL(filePath: chunk(2, of: snapshot)))
    },
    Damage("a flipped bit", "chunk 3 of the snapshot has the digest ") { snapshot in
      var bytes = try snapshot.chunk(at: 3)
      bytes[bytes.count / 2] ^= 1
      try Data(bytes).write(to: URL(filePath: chunk(3, of: snapshot)))
    },
    Damage("chunks that changed places", "chunk 0 of the snapshot ") { snapshot in
      let (first, second) = (try snapshot.chunk(at: 0), try snapshot.chunk(at: 1))
      try Data(second).write(to: URL(filePath: chunk(0, of: snapshot)))
      try Data(first).write(to: URL(filePath: chunk(1, of: snapshot)))
    }
  ]

  private static func chunk(_ position: Int, of snapshot: SnapshotFolder) -> String {
    SnapshotFolder.chunkPath(position, in: snapshot.path)
  }

  @Test(arguments: damages)
  func aDamagedChunkIsNamed(_ damage: Damage) async throws {
    let maker = try SnapshotRig()
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot()
    try damage.happen(snapshot)
    let other = try SnapshotRig()
    let error = #expect(throws: SnapshotError.self) { try other.restore(snapshot) }
    #expect(error?.description.hasPrefix(damage.message) == true, "\(error?.description ?? "")")
    #expect(!other.hasChain)
    #expect(try await other.rig.node().head.height == 0)
  }

  @Test func aChangedByteOfTheManifestIsRefused() async throws {
    let maker = try SnapshotRig()
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot()
    let manifest = snapshot.manifest.encoded
    for offset in manifest.indices {
      var bytes = manifest
      bytes[offset] ^= 1
      try Data(bytes).write(to: URL(filePath: SnapshotFolder.manifestPath(in: snapshot.path)))
      #expect(throws: SnapshotError.self, "byte \(offset)") {
        try SnapshotFolder(path: snapshot.path).verify(genesis: maker.rig.genesis())
      }
    }
  }

  @Test func anotherChainsSnapshotIsRefused() async throws {
    let maker = try SnapshotRig()
    try await maker.makeBlocks()
    let snapshot = try await maker.snapshot()
    let error = #expect(throws: SnapshotError.self) { try snapshot.verify(genesis: maker.rig.genesis(chain: "other")) }
    #expect(error?.description.contains("belongs to the genesis document") == true)
  }
}

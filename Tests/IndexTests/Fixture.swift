import Cryptography
import Encoding
import Foundation
import Index
import LedgerKit
import Logging

/// A fresh folder that is removed when the test that holds it ends.
final class TemporaryFolder: Sendable {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent("index-\(UUID().uuidString)").path
  var file: String { path + "/index.sqlite" }

  init() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension SampleChain {
  /// The index of the chain in `folder`, without the blocks that it lacks.
  func index(in folder: TemporaryFolder) throws -> Index {
    let digests = blocks.map(\.header.digest)
    let chain = Index.Chain(genesis: genesis.digest) { height in
      height < digests.count ? digests[Int(height)] : nil
    }
    return try Index(path: folder.file, chain: chain, logger: Logger(label: "index"))
  }

  /// The index of the chain in `folder` with all blocks.
  func fullIndex(in folder: TemporaryFolder) async throws -> Index {
    let index = try index(in: folder)
    try await index.append(blocks)
    return index
  }
}

/// What the index should answer, found by looking at every block.
extension SampleChain {
  func scanEvents(of account: Address? = nil, kind: String? = nil) -> [EventPlace] {
    let found = blocks.flatMap(\.events).filter { event in
      (account.map(event.event.accounts.contains) ?? true)
        && (kind.map { $0 == type(of: event.event.event).jsonName } ?? true)
    }
    return found.map(\.place).sorted().reversed()
  }
}

import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Money
import Testing

/// A node that cannot vouch for its state does not answer at all.
@Suite("a node refuses to start", .timeLimit(.minutes(4)))
struct DamageTests {
  @Test("with a wrong passphrase")
  func passphrase() async throws {
    try await TestNetwork.run { network in
      let ending = try await network.relay(["node", "--port", "\(network.port)"], passphrase: "wrong")
      #expect(ending.status == 1)
      #expect(ending.errors.contains("key sequencer: the passphrase is wrong"), "\(ending.errors)")
    }
  }

  @Test("in a folder that another process uses")
  func occupied() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      let second = try await network.relay(["node", "--port", "\(try TestMachine.freePort())", "--json"])
      #expect(second.status == 1)
      let problem = try JSON(parsing: Array(second.errors.utf8))
      #expect(problem["title"] == .string("Failed"))
      #expect(second.errors.contains("is in use by another process"), "\(second.errors)")
      #expect(try network.node.isRunning)
    }
  }

  @Test("with a genesis document that was altered")
  func genesis() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      try await network.node.kill()
      let path = network.home + "/genesis.json"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let altered = text.replacing("\"\(TestNetwork.funds)\"", with: "\"\(TestNetwork.funds + 1)\"")
      #expect(altered != text)
      try Data(altered.utf8).write(to: URL(filePath: path))
      let ending = try await network.relay(["node", "--port", "\(network.port)"])
      #expect(ending.status == 1)
      #expect(ending.errors.contains("belongs to another genesis document"), "\(ending.errors)")
    }
  }

  @Test("on a changed byte of any file, or serves the right balances")
  func bytes() async throws {
    let seed: UInt64 = 1
    try await TestNetwork.run { network in
      let folder = Folder(path: network.home + "/chain")
      let right = try await write(network)
      let pristine = try folder.files()
      var random = Random(seed: seed)
      var refusals = 0
      for (name, content) in pristine where Folder.isData(name) && !content.isEmpty {
        // At the end of the block log lies the last block, which a torn write may lose and a flipped byte may not.
        let ending = name.hasSuffix(".blocks") ? [max(content.count - 20, 0)] : []
        for offset in [random.below(content.count)] + ending {
          try folder.restore(pristine, flipping: (name, offset))
          let isRefused = try await start(network, expecting: right, "seed \(seed): byte \(offset) of \(name)")
          refusals += isRefused ? 1 : 0
        }
      }
      #expect(refusals > 0)
      try folder.restore(pristine)
      #expect(try await start(network, expecting: right, "nothing was changed") == false)
    }
  }

  /// Leaves a folder with tables and a log, and returns the accounts.
  private func write(_ network: TestNetwork) async throws -> Books {
    var books: Books?
    for _ in 0..<2 {
      try await network.startNode()
      for amount in 1...3 as ClosedRange<UInt64> {
        _ = try await network.client.submit(try await network.transfer(amount))
      }
      books = try await network.books()
      try await network.node.kill()
    }
    return try #require(books)
  }

  /// Starts the node: it refuses and says why, or serves exactly what was committed.
  private func start(_ network: TestNetwork, expecting right: Books, _ context: String) async throws -> Bool {
    try await network.attemptNode()
    let node = try network.node
    if node.isRunning {
      #expect(try await network.books() == right, "\(context)")
      try await node.kill()
      return false
    }
    #expect(try await node.end().status != 0, "\(context)")
    let reasons = ["is damaged", "has the root", "cannot be read"]
    #expect(reasons.contains { node.text.contains($0) }, "\(context): \(node.text)")
    return true
  }
}

/// The folder of a chain, as bytes.
private struct Folder {
  let path: String

  /// Whether it holds blocks, is a table of the state, or the list of those.
  static func isData(_ name: String) -> Bool {
    name.hasSuffix(".blocks") || name.hasSuffix(".sst") || name.hasPrefix("state/MANIFEST")
  }

  /// Every file by its path in the folder.
  func files() throws -> [(name: String, content: Data)] {
    try ["blocks", "state"].flatMap { part in
      try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(part)").sorted().map { name in
        ("\(part)/\(name)", try Data(contentsOf: URL(filePath: "\(path)/\(part)/\(name)")))
      }
    }
  }

  /// Makes the folder hold `files` again, with one byte flipped.
  func restore(_ files: [(name: String, content: Data)], flipping flip: (name: String, offset: Int)? = nil) throws {
    try FileManager.default.removeItem(atPath: path)
    for part in ["blocks", "state"] {
      try FileManager.default.createDirectory(atPath: "\(path)/\(part)", withIntermediateDirectories: true)
    }
    for (name, content) in files {
      var content = content
      if let flip, flip.name == name { content[flip.offset] ^= 0x55 }
      try content.write(to: URL(filePath: "\(path)/\(name)"))
    }
  }
}

import Chain
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Logging
import Money
import SoloEngine
import Storage
import Testing

@testable import Node

/// An audit finds what was changed on disk, names it, and changes nothing itself.
struct AuditTests {
  let rig = Rig()
  private var blocks: String { rig.home + "/chain/blocks" }
  private var state: String { rig.home + "/chain/state" }

  /// Leaves the files of a node with four blocks behind it.
  private func makeChain(segmentBytes: Int = 1 << 20) async throws {
    var configuration = rig.configuration
    configuration.storage.segmentBytes = segmentBytes
    let node = try await rig.whenClosed {
      try Node(configuration, genesis: rig.genesis(), key: rig.sequencer, pace: .instant, logger: Logger(label: "node"))
    }
    try await running(node.services) {
      for nano in 1...4 as ClosedRange<UInt64> { _ = try await node.submitAndWait(rig.transfer(nano)) }
    }
  }

  /// Audits after `damage` to the files, once nobody has the store open.
  private func audit(
    _ request: Audit.Request = .init(), after damage: () throws -> Void = {}
  ) async throws -> AuditReport {
    try await rig.whenClosed { _ = try ChainStore(path: rig.home + "/chain") }
    try damage()
    return try await Audit.run(rig.configuration, genesis: rig.genesis(), request: request)
  }

  private func files() throws -> [String: Data] {
    let folder = URL(filePath: rig.home)
    let names = try FileManager.default.subpathsOfDirectory(atPath: rig.home)
    return try names.reduce(into: [:]) { files, name in
      var isFolder: ObjCBool = false
      let path = folder.appending(path: name).path
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue else { return }
      files[name] = try Data(contentsOf: URL(filePath: path))
    }
  }

  private func flip(_ path: String, _ offset: (Int) -> Int) throws {
    var content = try Data(contentsOf: URL(filePath: path))
    content[offset(content.count)] ^= 0x55
    try content.write(to: URL(filePath: path))
  }

  @Test(arguments: [1 << 20, 1]) func aSoundHomeIsClean(segmentBytes: Int) async throws {
    try await makeChain(segmentBytes: segmentBytes)
    var before: [String: Data] = [:]
    let report = try await audit { before = try files() }
    #expect(report.findings.isEmpty)
    #expect(report.height == 4 && report.executed == 4 && report.stateHeight == 4 && report.blocks == 5)
    #expect(report.transactions == 4 && report.verified == 4)
    #expect(report.stateRoot == report.root && report.root != nil && report.entries > 0)
    #expect(try files() == before, "an audit changes nothing on disk")
    #expect(try AuditReport(json: JSON(parsing: Array(report.json.text().utf8))) == report)
  }

  @Test func aRangeAndTrust() async throws {
    try await makeChain()
    var request = Audit.Request()
    request.heights = 2...3
    request.invariantIntervalBlocks = 1
    let part = try await audit(request)
    #expect(part.findings.isEmpty && part.verified == 2 && part.executed == 3 && part.height == 4)
    request = .init()
    request.trustsSignatures = true
    let trusting = try await audit(request)
    #expect(trusting.findings.isEmpty && trusting.verified == 0 && trusting.executed == 4)
  }

  @Test func theStateMayBeBehindTheBlocks() async throws {
    try await makeChain()
    let copy = rig.home + "/older-state"
    try await rig.whenClosed {
      _ = try ChainStore(path: rig.home + "/chain")
      try FileManager.default.copyItem(atPath: state, toPath: copy)
    }
    try await makeChain()
    let report = try await audit {
      try FileManager.default.removeItem(atPath: state)
      try FileManager.default.moveItem(atPath: copy, toPath: state)
    }
    #expect(report.findings.isEmpty)
    #expect(report.height == 8 && report.executed == 8 && report.stateHeight == 4)
    #expect(report.stateRoot != report.root)
  }

  @Test func whatIsLeftOfPrunedBlocksIsChecked() async throws {
    try await makeChain(segmentBytes: 1)
    let report = try await audit {
      try ChainStore(path: rig.home + "/chain").prune(below: 3)
    }
    #expect(report.findings.isEmpty)
    #expect(report.blocks == 3 && report.executed == nil && report.stateRoot == report.root)
  }

  @Test func everyFlippedByteOfTheLogIsNamed() async throws {
    try await makeChain(segmentBytes: 400)
    try await rig.whenClosed { _ = try ChainStore(path: rig.home + "/chain") }
    let names = try FileManager.default.contentsOfDirectory(atPath: blocks)
    #expect(names.count > 2)
    for path in names.map({ blocks + "/" + $0 }) {
      let size = try Data(contentsOf: URL(filePath: path)).count
      for offset in stride(from: 0, to: size, by: 97) {
        try flip(path) { _ in offset }
        let report = try await Audit.run(rig.configuration, genesis: rig.genesis())
        #expect(report.findings.first?.file == path, "byte \(offset) of \(path): \(report.findings)")
        #expect(report.findings.first?.part == "blocks")
        try flip(path) { _ in offset }
      }
    }
    #expect(try await audit().findings.isEmpty)
  }

  @Test func anUnfinishedWriteIsNoFinding() async throws {
    try await makeChain()
    let last = try #require(try FileManager.default.contentsOfDirectory(atPath: blocks).max())
    let report = try await audit {
      let path = URL(filePath: blocks + "/" + last)
      try (try Data(contentsOf: path)).dropLast(5).write(to: path)
    }
    #expect(report.cutOff?.contains(last) == true)
    #expect(report.height == 3)
    #expect(report.findings.map(\.part) == ["blocks"], "the state must not know more than the log")
    #expect(report.findings.first?.fault.contains("block 4, which the block log lacks") == true)
  }

  @Test func aFlippedByteOfATableIsNamed() async throws {
    try await makeChain()
    try await rig.whenClosed { _ = try ChainStore(path: rig.home + "/chain") }
    let tables = try FileManager.default.contentsOfDirectory(atPath: state).filter { $0.hasSuffix(".sst") }
    #expect(!tables.isEmpty)
    for path in tables.map({ state + "/" + $0 }) {
      try flip(path) { _ in 10 }
      let report = try await Audit.run(rig.configuration, genesis: rig.genesis())
      #expect(report.findings.contains { $0.part == "state" && $0.file == path }, "\(path): \(report.findings)")
      try flip(path) { _ in 10 }
    }
  }

  @Test(arguments: [true, false]) func anAlteredHeaderIsNamed(isSigned: Bool) async throws {
    try await makeChain()
    let report = try await audit {
      try rewriteLog { block in
        guard block.header.height == 2 else { return block }
        let header = block.header.with(state: Digest(of: [1]))
        let signature = isSigned ? rig.sequencer.sign(header.bytesToSign) : block.signature
        return Block(header: header, signature: signature, transactions: block.transactions)
      }
    }
    let finding = try #require(report.findings.first)
    #expect(finding.height == 2)
    if isSigned {
      #expect(finding.part == "execution" && finding.fault.contains("root of the state"))
      #expect(finding.expected == "\(Digest(of: [1]))" && finding.found != nil)
    } else {
      #expect(finding.part == "blocks" && finding.fault == "the sequencer did not sign this header")
    }
  }

  @Test func aTransactionThatNobodySignedIsNamed() async throws {
    try await makeChain()
    let report = try await audit {
      try rewriteLog { block in
        guard block.header.height == 3, let bytes = block.transactions.first else { return block }
        let envelope = try Envelope(encoded: bytes.array, unions: Ledger(rig.genesis()).unions)
        let signatures = envelope.signatures.map {
          SignatureEntry(publicKey: $0.publicKey, signature: Rig.alice.sign([1]))
        }
        let forged = Bytes(Envelope(body: envelope.body, signatures: signatures).encoded)
        let header = block.header.with(transactions: Digest(merkleRootOf: [forged.array]))
        return Block(header: header, signature: rig.sequencer.sign(header.bytesToSign), transactions: [forged])
      }
    }
    #expect(report.findings.first?.height == 3)
    #expect(report.findings.first?.fault.contains("signature") == true)
  }

  /// Writes the blocks of the log anew, as `alter` makes them.
  private func rewriteLog(_ alter: (Block) throws -> Block) throws {
    let copy = rig.home + "/altered"
    let unions = try Ledger(rig.genesis()).unions
    do {
      let (old, new) = (try ChainStore(path: rig.home + "/chain"), try ChainStore(path: copy))
      for height in 0...(old.height ?? 0) {
        let block = try alter(try #require(try old.decodedBlock(at: height, unions)))
        try new.commit(
          Commit(height: height, block: block.encoded, results: try #require(try old.results(at: height))))
      }
    }
    try FileManager.default.removeItem(atPath: blocks)
    try FileManager.default.moveItem(atPath: copy + "/blocks", toPath: blocks)
  }

  @Test(arguments: [true, false]) func aChangedRowIsNamed(isPruned: Bool) async throws {
    try await makeChain(segmentBytes: isPruned ? 1 : 1 << 20)
    var changed: (key: [UInt8], value: [UInt8])?
    let report = try await audit {
      if isPruned { try ChainStore(path: rig.home + "/chain").prune(below: 3) }
      let database = try Database(path: state, columns: ["state", "keys", "meta"].map(Column.init))
      try database.scan(in: Column("state")) { key, value in
        changed = (key, value)
        return false
      }
      let (key, value) = try #require(changed)
      var batch = Batch()
      batch.set(value + [0], in: Column("state"), at: key)
      try database.write(batch)
    }
    let (key, value) = try #require(changed)
    let root = try #require(report.findings.last)
    #expect(root.part == "state" && root.expected == report.root.map { "\($0)" } && root.found != root.expected)
    if isPruned {
      #expect(report.findings.count == 1)
    } else {
      let row = report.findings[0]
      #expect(row.fault.contains("\(Bytes(key))"))
      #expect(row.expected == "\(Bytes(value))" && row.found == "\(Bytes(value + [0]))")
    }
  }
}

extension Header {
  fileprivate func with(transactions: Digest? = nil, state: Digest? = nil) -> Header {
    Header(
      chain: chain, height: height, time: time, previous: previous, transactions: transactions ?? self.transactions,
      results: results, state: state ?? self.state)
  }
}

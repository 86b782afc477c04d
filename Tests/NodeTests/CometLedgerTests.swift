import Cryptography
import Encoding
import Engine
import Foundation
import LedgerKit
import Logging
import SoloEngine
import StateTree
import Testing

@testable import CometEngine
@testable import Node

@Suite("The ledger under CometBFT")
struct CometLedgerTests {
  private let rig: CometRig

  init() { rig = CometRig() }

  /// Heights of a short chain, and the transactions of each.
  private static func chain() throws -> [[[UInt8]]] {
    try (1...6).map { height in try (0..<height).map { try CometRig.transfer(UInt64(100 * height + $0)) } }
  }

  @Test("comes to the same app hashes as under the embedded engine, block by block")
  func equalHashes() async throws {
    let solo = Rig()
    let node = try await solo.node(.instant)
    try await running(node.services) {
      for nano: UInt64 in 1...20 { _ = try await node.submitAndWait(solo.transfer(nano)) }
    }
    let comet = CometRig()
    // The same document, so that the genesis blocks are equal; its sequencer has no say under CometBFT.
    let newcomer = try Newcomer(comet.rig.configuration, genesis: solo.genesis(), logger: Logger(label: "node"))
    _ = try await newcomer.join(.init(address: .tcp(host: "127.0.0.1", port: 0), rpc: "http://127.0.0.1:1"))
    let ledger = try CometLedger(newcomer: newcomer)
    try await ledger.begin(solo.genesis())
    #expect(await newcomer.head.state == (try node.block(at: 0))?.header.state)
    for height in 1...node.head.height {
      let block = try #require(try node.block(at: height))
      let response = try await ledger.abci.finalize(
        FinalizeRequest(
          transactions: block.transactions, lastCommit: nil, misbehavior: [], hash: Bytes([]), height: height,
          time: EngineTime(block.header.time), proposer: Bytes([])))
      _ = try await ledger.abci.commit()
      #expect(response.appHash == Bytes(block.header.state.bytes), "block \(height)")
    }
    #expect(node.head.height > 1)
  }

  /// Where the engine dies, as in the recorded scenarios: what it had asked before, and whether it repeats the block afterwards.
  enum FailPoint: Int, CaseIterable, Sendable {
    case beforeProposal, afterProposal, beforeStoring, afterStoring, beforeFinalize, afterFinalize, beforeCommit,
      afterCommit, afterAll

    var hasFinalized: Bool { rawValue >= FailPoint.afterFinalize.rawValue }
    var hasCommitted: Bool { rawValue >= FailPoint.afterCommit.rawValue }
  }

  @Test("recovers to the same app hashes from a crash of the engine", arguments: FailPoint.allCases, [false, true])
  func failPoint(point: FailPoint, andOfTheLedger: Bool) async throws {
    let blocks = try Self.chain()
    let reference = CometRig()
    let expected = try await hashes(of: try await reference.ledger(), blocks)
    for crash in 1...blocks.count {
      let rig = CometRig()
      var ledger = try await rig.ledger()
      try await ledger.begin()
      for height in 1..<crash { try await ledger.block(UInt64(height), blocks[height - 1]) }
      try await fail(at: point, in: blocks[crash - 1], of: UInt64(crash), ledger)
      if andOfTheLedger { ledger = try await rig.restarted(ledger) }
      #expect(
        try await goOn(ledger, blocks) == Array(expected.suffix(blocks.count - crash + (point.hasCommitted ? 0 : 1))))
      #expect(await ledger.info().appHash == expected.last)
    }
  }

  private func hashes(of ledger: CometLedger, _ blocks: [[[UInt8]]]) async throws -> [Bytes] {
    try await ledger.begin()
    var hashes: [Bytes] = []
    for (index, block) in blocks.enumerated() { hashes.append(try await ledger.block(UInt64(index + 1), block)) }
    return hashes
  }

  /// What the engine asks of a block until it dies.
  private func fail(
    at point: FailPoint, in block: [[UInt8]], of height: UInt64, _ ledger: CometLedger
  ) async throws {
    let transactions = block.map { Bytes($0) }
    let time = EngineTime(CometRig.time(height))
    if point != .beforeProposal {
      _ = try await ledger.abci.prepare(
        PrepareRequest(maximumBytes: 1 << 20, transactions: transactions, height: height, time: time))
      _ = await ledger.abci.process(ProcessRequest(transactions: transactions, height: height, time: time))
    }
    if point.hasFinalized { try await ledger.finalize(height, block) }
    if point.hasCommitted { _ = try await ledger.abci.commit() }
  }

  /// What an engine does that starts: it asks for the height, and sends what is missing. Returns the app hashes that it hears.
  private func goOn(_ ledger: CometLedger, _ blocks: [[[UInt8]]]) async throws -> [Bytes] {
    var hashes: [Bytes] = []
    let height = Int(await ledger.height())
    if height == 0 { try await ledger.begin() }
    for next in height..<blocks.count { hashes.append(try await ledger.block(UInt64(next + 1), blocks[next])) }
    return hashes
  }

  @Test("answers a block that is asked for twice before its commit alike, and no other in its place")
  func finalizeTwice() async throws {
    let ledger = try await rig.ledger()
    try await ledger.begin()
    let block = [try CometRig.transfer(1)]
    let first = try await ledger.finalize(1, block)
    #expect(try await ledger.finalize(1, block) == first)
    await #expect(throws: EngineError.self) { try await ledger.finalize(1, []) }
    _ = try await ledger.abci.commit()
    await #expect(throws: EngineError.self) { try await ledger.finalize(1, block) }
    await #expect(throws: EngineError.self) { _ = try await ledger.abci.commit() }
  }

  @Test("begins with its own genesis document, and no other")
  func genesis() async throws {
    let ledger = try await rig.ledger()
    await #expect(throws: EngineError.self) { try await ledger.begin(chain: "other-chain") }
    await #expect(throws: EngineError.self) { try await ledger.begin(CometRig.genesis(chain: "other-chain")) }
    let begun = try await ledger.begin()
    #expect(begun.appHash == (await ledger.info().appHash))
    // A chain without blocks may begin again: the engine lost its files, and the ledger did not.
    #expect(try await ledger.begin() == begun)
    try await ledger.block(1)
    await #expect(throws: EngineError.self) { try await ledger.begin() }
  }

  @Test("admits a transaction once it would have an effect, and drops it when it no longer would")
  func check() async throws {
    let ledger = try await rig.ledger()
    try await ledger.begin()
    let good = Bytes(try CometRig.transfer(1))
    let poor = Bytes(try CometRig.transfer(1, from: PrivateKey()))
    var spoilt = good.array
    spoilt[spoilt.count - 1] ^= 1
    let requests = [good, poor, Bytes(spoilt), Bytes([1, 2, 3])].map { CheckRequest(transaction: $0, kind: 0) }
    let responses = await ledger.abci.check(requests)
    #expect(responses.map(\.codespace) == ["", "money", "ledger", "ledger"])
    #expect(responses.map { $0.code == 0 } == [true, false, false, false])
    #expect(ledger.abci.pending.count == 1)
    try await ledger.block(1, [good.array])
    #expect(ledger.abci.pending.count == 0)
    let again = await ledger.abci.check([CheckRequest(transaction: good, kind: 1)])
    #expect(again.first?.log.hasPrefix("ledger.duplicate") == true)
  }

  @Test("proposes what pays most, as far as it fits and has an effect")
  func prepare() async throws {
    let ledger = try await rig.ledger()
    try await ledger.begin()
    let low = try CometRig.transfer(1, fee: Rig.fee)
    let high = try CometRig.transfer(2, fee: Amount(nano: 3 * Rig.fee.nano), from: Rig.bob)
    let poor = try CometRig.transfer(3, fee: Amount(nano: 9 * Rig.fee.nano), from: PrivateKey())
    let noise: [UInt8] = [1, 2, 3]
    func proposal(_ limit: UInt64) async throws -> [[UInt8]] {
      let request = PrepareRequest(
        maximumBytes: limit, transactions: [low, noise, high, poor].map { Bytes($0) }, height: 1,
        time: EngineTime(CometRig.time(1)))
      return try await ledger.abci.prepare(request).transactions.map(\.array)
    }
    #expect(try await proposal(1 << 20) == [high, low])
    #expect(try await proposal(UInt64(high.count + 10)) == [high])
    #expect(try await proposal(10) == [])
  }

  @Test("turns down a block with anything but sound transactions in it")
  func process() async throws {
    let ledger = try await rig.ledger()
    try await ledger.begin()
    let good = try CometRig.transfer(1)
    var spoilt = good
    spoilt[spoilt.count - 1] ^= 1
    func verdict(_ transactions: [[UInt8]]) async -> VerdictResponse {
      await ledger.abci.process(
        ProcessRequest(
          transactions: transactions.map { Bytes($0) }, height: 1, time: EngineTime(CometRig.time(1))))
    }
    #expect(await verdict([good]) == .accept)
    #expect(await verdict([]) == .accept)
    #expect(await verdict([good, spoilt]) == .reject)
    #expect(await verdict([[1]]) == .reject)
    let tooLarge = [[UInt8]](repeating: good, count: Int(ChainParameters.standard.maximumBlockBytes) / good.count + 1)
    #expect(await verdict(tooLarge) == .reject)
    await #expect(throws: EngineError.self) { try await ledger.finalize(1, [spoilt]) }
  }

  @Test("proves what a key holds under the app hash of the last block")
  func query() async throws {
    let ledger = try await rig.ledger()
    try await ledger.begin()
    let hash = try await ledger.block(1, [try CometRig.transfer(1)])
    func ask(_ path: String, _ key: [UInt8], height: UInt64 = 0) async -> QueryResponse {
      await ledger.abci.query(
        QueryRequest(content: Bytes(key), path: path, height: height, isProven: true))
    }
    let answer = await ask("state", ChainParameters.key)
    let operation = try #require(answer.proof?.operations.first)
    let proof = try CommitmentProof(encoded: operation.content.array)
    try proof.verifyMembership(
      key: ChainParameters.key, value: answer.value.array, root: try Digest(validating: hash.array[...]))
    #expect(answer.height == 1)
    #expect(await ask("elsewhere", ChainParameters.key).code == 1)
    #expect(await ask("state", ChainParameters.key, height: 9).code == 1)
    #expect(await ask("state", [9, 9, 9]).value.array.isEmpty)
  }

  @Test(
    "gives the engine its limits and its version, in a form that the engine takes", arguments: [1, 1 << 22, 1 << 40])
  func parameters(maximumBlockBytes: UInt64) async throws {
    let limits = ChainParameters(maximumBlockBytes: maximumBlockBytes, maximumWindowSeconds: 600)
    let genesis = CometRig.genesis(parameters: limits)
    let ledger = try await rig.ledger(of: genesis)
    let evidence = ConsensusParameters.EvidenceLimits(
      maximumAgeBlocks: 100_000, maximumAge: EngineTime(genesis.time), maximumBytes: 1 << 20)
    let standard = ConsensusParameters(block: nil, evidence: evidence, keys: nil, version: nil, extensions: nil)
    let given = try #require(try await ledger.begin(genesis, parameters: standard).parameters)
    let block = try #require(given.block)
    #expect(block.maximumBytes <= 100 << 20)
    #expect(try block.maximumBytes >= #require(given.evidence).maximumBytes, "all evidence has room in a block")
    #expect(await given.version?.number == ledger.info().protocolVersion)
  }

  @Test(
    "says which blocks the engine may forget: those that neither the node keeps nor evidence can be of",
    arguments: [(2, [0, 0, 0, 2, 3]), (4, [0, 0, 0, 0, 2])] as [(UInt64, [UInt64])])
  func retain(keepBlocks: UInt64, expected: [UInt64]) async throws {
    let ledger = try await rig.ledger { $0.keepBlocks = keepBlocks }
    try await ledger.begin()
    var retained: [UInt64] = []
    for height: UInt64 in 1...5 {
      try await ledger.finalize(height)
      retained.append(try await ledger.abci.commit().retainHeight)
    }
    #expect(retained == expected)
  }
}

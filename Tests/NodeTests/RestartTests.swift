import Cryptography
import Encoding
import Engine
import LedgerKit
import Logging
import Node
import SoloEngine
import Storage
import Testing

struct RestartTests {
  let rig = Rig()

  /// Commits `envelopes`, one block each, and closes the node.
  private func commit(_ envelopes: [[UInt8]]) async throws -> Header {
    let node = try await rig.node()
    return try await running(node.services) {
      for envelope in envelopes { _ = try await node.submitAndWait(envelope) }
      return node.head
    }
  }

  @Test func headAndStateStay() async throws {
    let head = try await commit([rig.transfer(5), rig.transfer(6)])
    let node = try await rig.node()
    #expect(node.head == head)
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 11)
    let proven = try await node.prove([])
    #expect(proven.signature.map { rig.sequencer.publicKey.verifies($0, of: head.bytesToSign) } == true)
  }

  @Test func aTransactionOfBeforeIsADuplicate() async throws {
    let envelope = try rig.transfer(5)
    _ = try await commit([envelope, rig.transfer(6)])
    let node = try await rig.node()
    #expect(await rejection { try await node.submit(envelope) } == "ledger.duplicate")
    #expect(await rejection { try await node.submit(rig.transfer(7)) } == nil)
  }

  @Test func anotherGenesisIsRefused() async throws {
    _ = try await commit([rig.transfer(5)])
    let error = await #expect(throws: EngineError.self) { try await rig.node(chain: "other-chain") }
    #expect(error?.description.contains("another genesis") == true)
    #expect(try await rig.node().head.height == 1)
  }

  @Test func aKeyThatTheGenesisDoesNotNameIsRefused() throws {
    let error = #expect(throws: EngineError.self) {
      try Node(rig.configuration, genesis: rig.genesis(), key: Rig.alice, pace: .instant, logger: Logger(label: "node"))
    }
    #expect(error?.description.contains("not the sequencer") == true)
  }

  /// Flips a bit of one value behind the node's back.
  private func alterState() throws {
    let columns = ["state", "keys", "meta"].map { Column($0) }
    let database = try Database(path: rig.home + "/chain/state", columns: columns)
    var last: (key: [UInt8], value: [UInt8])?
    try database.scan(in: Column("state")) { key, value in
      last = (key, value)
      return true
    }
    let (key, value) = try #require(last)
    var batch = Batch()
    batch.set(value.dropLast() + [value[value.count - 1] ^ 1], in: Column("state"), at: key)
    try database.write(batch)
  }

  @Test func anAlteredStateIsRefused() async throws {
    let head = try await commit([rig.transfer(5)])
    try await rig.whenClosed { try alterState() }
    let error = await #expect(throws: EngineError.self) { try await rig.node() }
    let message = error?.description ?? ""
    #expect(message.contains("block 1 commits to \(head.state)"))
    #expect(message.contains("has the root") && message.contains("restore a backup"))
  }
}

import Chain
import Cryptography
import Engine
import LedgerKit
import Testing

@testable import SoloEngine

struct MempoolTests {
  let rig = Rig()

  private func envelope(from key: PrivateKey = Rig.alice) throws -> VerifiedEnvelope {
    try VerifiedEnvelope(rig.transfer(1, from: key, to: PrivateKey()), for: Ledger(rig.genesis()))
  }

  private func room(_ mempool: Mempool, for envelope: VerifiedEnvelope) async -> String? {
    await rejection { try mempool.checkRoom(for: envelope.decoded) }
  }

  @Test func aSenderHasItsShare() async throws {
    var mempool = Mempool(limits: Mempool.Limits(count: 5, bytes: .max, countPerSender: 2))
    for _ in 0..<2 { mempool.insert(try envelope()) }
    #expect(await room(mempool, for: try envelope()) == "node.senderLimit")
    #expect(await room(mempool, for: try envelope(from: Rig.bob)) == nil)
    mempool.forget(mempool.take(upTo: .max))
    #expect(await room(mempool, for: try envelope()) == nil)
  }

  @Test func aFullPoolTakesNoMore() async throws {
    let first = try envelope()
    var byCount = Mempool(limits: Mempool.Limits(count: 1, bytes: .max, countPerSender: 9))
    byCount.insert(first)
    #expect(await room(byCount, for: try envelope()) == "node.mempoolFull")
    var byBytes = Mempool(limits: Mempool.Limits(count: 9, bytes: first.encoded.count, countPerSender: 9))
    #expect(await room(byBytes, for: first) == nil)
    byBytes.insert(first)
    #expect(await room(byBytes, for: try envelope()) == "node.mempoolFull")
  }

  @Test func aTransactionIsKnownUntilItsBlockIsCommitted() async throws {
    let first = try envelope()
    var mempool = Mempool(limits: Mempool.Limits())
    mempool.insert(first)
    #expect(await room(mempool, for: first) == "node.alreadyPending")
    let taken = mempool.take(upTo: .max)
    #expect(mempool.count == 0 && mempool.bytes == 0)
    #expect(await room(mempool, for: first) == "node.alreadyPending")
    mempool.forget(taken)
    #expect(await room(mempool, for: first) == nil)
  }

  @Test func blocksTakeTheOldestThatFit() throws {
    let envelopes = try (0..<3).map { _ in try envelope() }
    var mempool = Mempool(limits: Mempool.Limits())
    for envelope in envelopes { mempool.insert(envelope) }
    let size = UInt64(envelopes[0].encoded.count)
    #expect(mempool.take(upTo: size * 2 + 1).map(\.id) == envelopes[..<2].map(\.id))
    #expect(mempool.take(upTo: size - 1).map(\.id) == [envelopes[2].id], "a block is made of one that is too large")
    #expect(mempool.take(upTo: size).isEmpty)
  }
}

import Cryptography
import Encoding
import Index
import LedgerKit
import Node
import SoloEngine
import Testing

struct SubmissionTests {
  let rig = Rig()

  @Test func aSubmittedTransactionIsCommitted() async throws {
    let node = try await rig.node()
    let heights = node.heights()
    let envelope = try rig.transfer(5)
    let id = try await node.submit(envelope)
    #expect(await node.pendingCount == 1)
    #expect(try await node.committedTransaction(id) == nil)
    try await running(node.services) { _ = await heights.first { $0 == 1 } }
    let found = try #require(try await node.committedTransaction(id))
    #expect(found.envelope.encoded == envelope)
    #expect(found.time == node.head.time)
    #expect(found.outcome.height == 1 && found.outcome.position == 0)
    #expect(found.outcome.result.id == id && found.outcome.result.rejection == nil)
    #expect(await node.pendingCount == 0)
  }

  @Test func waitingGivesTheOutcome() async throws {
    let node = try await rig.node()
    let outcome = try await running(node.services) { try await node.submitAndWait(rig.transfer(5)) }
    #expect(outcome?.height == 1)
    #expect(outcome?.result.rejection == nil)
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 5)
    #expect(try node.available(Rig.alice) == Rig.funds.nano - 5 - Rig.fee.nano)
  }

  @Test func aTransactionIsTakenOnce() async throws {
    let node = try await rig.node()
    let envelope = try rig.transfer(5)
    _ = try await node.submit(envelope)
    #expect(await rejection { try await node.submit(envelope) } == "node.alreadyPending")
    try await running(node.services) {
      _ = try await node.submitAndWait(rig.transfer(6))
      #expect(await rejection { try await node.submit(envelope) } == "ledger.duplicate")
    }
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 11)
  }

  /// However many send the same transaction at once, one is told its outcome, and it stands in the blocks once.
  @Test func aTransactionSentManyTimesAtOnceIsExecutedOnce() async throws {
    let node = try await rig.node()
    let envelope = try rig.transfer(5)
    let taken = try await running(node.services) {
      await withTaskGroup(of: Bool.self) { group in
        for _ in 0..<20 { group.addTask { (try? await node.submitAndWait(envelope)) != nil } }
        return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
    }
    #expect(taken == 1)
    #expect(node.head.height == 1)
    #expect(try node.block(at: 1)?.transactions.count == 1)
  }

  @Test func whatCannotTakeEffectIsRefused() async throws {
    let node = try await rig.node()
    #expect(await rejection { try await node.submit([1, 2, 3]) } == "ledger.malformed")
    #expect(await rejection { try await node.submit(rig.transfer(.max)) } == "money.insufficientFunds")
    #expect(await node.pendingCount == 0)
  }

  @Test func shutdownCommitsWhatWaits() async throws {
    let node = try await rig.node(.every(.seconds(3600)))
    let most = Rig.funds.nano - 2 * Rig.fee.nano
    try await running(node.services) {
      _ = try await node.submit(rig.transfer(most))
      // Together with the first one it cannot take effect, so it does not get in to wait beside it.
      #expect(await rejection { try await node.submit(rig.transfer(most)) } == "money.insufficientFunds")
      #expect(node.head.height == 0)
    }
    let results = try #require(try node.results(at: 1)).transactions
    #expect(results.map(\.rejection) == [nil])
    #expect(node.head.height == 1)
    #expect(await rejection { try await node.submit(rig.transfer(1)) } == "node.shuttingDown")
  }
}

/// The name of the rejection that `body` throws, or `nil`.
func rejection(_ body: () async throws -> some Any) async -> String? {
  do { _ = try await body() } catch { return (error as? Rejection)?.name }
  return nil
}

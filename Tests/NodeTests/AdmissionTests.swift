import Cryptography
import Encoding
import Engine
import LedgerKit
import Testing

@testable import Node

/// What the application admits while a block is made.
struct AdmissionTests {
  private let rig = Rig()
  private let time = Timestamp.now()

  private func envelope(_ nano: UInt64, for node: Node) throws -> VerifiedEnvelope {
    try VerifiedEnvelope(rig.transfer(nano, at: time), for: node.ledger)
  }

  @Test func itCountsOnTheStateAfterTheBlockToo() async throws {
    let node = try await rig.node()
    let most = Rig.funds.nano / 2 + 1
    let block = [try envelope(1, for: node)]
    _ = try await node.application.finalize(Proposal(time: time, transactions: block))
    #expect(await node.application.admit([try envelope(most, for: node)], at: time) == [nil])
    try await node.application.commit(signature: nil)
    let refusals = await node.application.admit([try envelope(most, for: node), try envelope(1, for: node)], at: time)
    #expect(refusals.map { $0?.name } == ["money.insufficientFunds", nil])
  }

  @Test func whatTheBlockHoldsIsNotAdmittedAgain() async throws {
    let node = try await rig.node()
    let block = [try envelope(1, for: node)]
    _ = try await node.application.finalize(Proposal(time: time, transactions: block))
    #expect(await node.application.admit(block, at: time).map { $0?.name } == ["ledger.duplicate"])
    try await node.application.commit(signature: nil)
    #expect(await node.application.admit(block, at: time).map { $0?.name } == ["ledger.duplicate"])
  }

  @Test func whatIsAskedForAgainCountsOnce() async throws {
    let node = try await rig.node()
    let most = try envelope(Rig.funds.nano / 2 + 1, for: node)
    #expect(await node.application.admit([most, most], at: time) == [nil, nil])
    _ = try await node.application.finalize(Proposal(time: time, transactions: [try envelope(1, for: node)]))
    let meanwhile = try envelope(2, for: node)
    #expect(await node.application.admit([meanwhile], at: time) == [nil])
    try await node.application.commit(signature: nil)
    // An engine looks through all that waits: both are there, and neither counts twice.
    #expect(await node.application.admit([most, meanwhile, most], at: time) == [nil, nil, nil])
    let other = try envelope(Rig.funds.nano / 2, for: node)
    #expect(await node.application.admit([other], at: time).map { $0?.name } == ["money.insufficientFunds"])
  }

  @Test func anothersSignatureOfWhatWasAdmittedIsRefused() async throws {
    let node = try await rig.node()
    let good = try envelope(1, for: node)
    let forged = try VerifiedEnvelope(Envelope(signing: good.body, with: Rig.bob).encoded, for: node.ledger)
    let refusals = await node.application.admit([good, forged, good], at: time)
    #expect(refusals.map { $0?.name } == [nil, "money.notAuthorized", nil])
  }

  @Test func aBlockThatIsAskedForTwiceAtOnceIsExecutedOnce() async throws {
    let node = try await rig.node()
    let proposal = Proposal(time: time, transactions: [try envelope(1, for: node)])
    async let first = node.application.finalize(proposal)
    async let second = node.application.finalize(proposal)
    #expect(try await first.header == second.header)
    try await node.application.commit(signature: nil)
    #expect(node.head.height == 1)
  }

  @Test func manyComeInWhileBlocksAreMade() async throws {
    let node = try await rig.node()
    try await running(node.services) {
      let outcomes = try await withThrowingTaskGroup(of: Outcome?.self) { group in
        for nano in 1...200 as ClosedRange<UInt64> {
          group.addTask { try await node.submit(rig.transfer(nano), waitingAtMost: .seconds(60)).outcome }
        }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(outcomes.allSatisfy { $0 != nil && $0?.result.rejection == nil })
    }
    #expect(try node.available(Rig.bob) == Rig.funds.nano + 200 * 201 / 2)
  }
}

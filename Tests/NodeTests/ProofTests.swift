import Cryptography
import Encoding
import LedgerKit
import Money
import Node
import Testing

struct ProofTests {
  let rig = Rig()

  /// Proofs verify under their header while blocks are made.
  @Test func proofsHoldWhileBlocksAreMade() async throws {
    let node = try await rig.node()
    let present = AccountOf(owner: Address(Rig.alice.publicKey)).evidence
    let absent = AccountOf(owner: Address(module: "nobody")).evidence
    let heights = try await running(node.services) {
      async let blocks: Void = makeBlocks(25, on: node)
      var heights: Set<UInt64> = []
      while node.head.height < 25 {
        let proven = try await node.prove(present + absent)
        try verify(proven)
        heights.insert(proven.header.height)
      }
      try await blocks
      return heights
    }
    #expect(!heights.isEmpty)
    try verify(try await node.prove(present + absent))
  }

  private func makeBlocks(_ count: Int, on node: Node) async throws {
    for nano in 1...count { _ = try await node.submitAndWait(rig.transfer(UInt64(nano))) }
  }

  private func verify(_ proven: ProvenState) throws {
    #expect(proven.evidence.map { $0.value != nil } == [true, false])
    for evidence in proven.evidence { try evidence.verify(under: proven.header) }
    guard proven.header.height > 0 else { return }
    let signature = try #require(proven.signature)
    #expect(rig.sequencer.publicKey.verifies(signature, of: proven.header.bytesToSign))
  }
}

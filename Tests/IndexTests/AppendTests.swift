import Index
import LedgerKit
import Testing

struct AppendTests {
  let folder: TemporaryFolder
  let chain: SampleChain

  init() throws {
    folder = try TemporaryFolder()
    chain = try SampleChain.busy()
  }

  @Test func blocksComeOneByOneOrTogether() async throws {
    let index = try chain.index(in: folder)
    #expect(try await index.height() == nil)
    for block in chain.blocks.prefix(10) { try await index.append([block]) }
    #expect(try await index.height() == 9)
    try await index.append(Array(chain.blocks[10...]))
    #expect(try await index.height() == UInt64(chain.blocks.count - 1))
    #expect(try await index.events(limit: 10_000) == chain.scanEvents())
  }

  @Test func blocksThatAreThereArePassedOver() async throws {
    let index = try await chain.fullIndex(in: folder)
    try await index.append(chain.blocks)
    try await index.append([chain.blocks[3]])
    try await index.append([])
    #expect(try await index.events(limit: 10_000) == chain.scanEvents())
  }

  @Test func aGapIsRefusedAndNothingIsAdded() async throws {
    let index = try chain.index(in: folder)
    await #expect(throws: IndexError.outOfOrder(height: 1, expected: 0)) { try await index.append([chain.blocks[1]]) }
    let gap = [chain.blocks[0], chain.blocks[1], chain.blocks[3]]
    await #expect(throws: IndexError.outOfOrder(height: 3, expected: 2)) { try await index.append(gap) }
    #expect(try await index.height() == nil)
    #expect(try await index.events(limit: 1).isEmpty)
  }

  @Test func aBlockThatLacksATransactionIsNamed() async throws {
    let index = try chain.index(in: folder)
    let sound = chain.blocks[1]
    let block = Block(header: sound.header, signature: nil, transactions: [])
    let error = await #expect(throws: IndexError.self) {
      try await index.append([chain.blocks[0], CommittedBlock(block: block, results: sound.results)])
    }
    let reason = "it has \(sound.results.transactions.count) results for 0 transactions"
    #expect(error == .unreadableBlock(height: 1, reason))
    #expect(try await index.height() == nil)
  }
}

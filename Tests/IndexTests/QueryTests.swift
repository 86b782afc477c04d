import Cryptography
import Encoding
import Index
import LedgerKit
import Testing

struct QueryTests {
  let folder: TemporaryFolder
  let chain: SampleChain

  init() throws {
    folder = try TemporaryFolder()
    chain = try SampleChain.busy()
  }

  @Test func theSampleHasWhatTheTestsNeed() throws {
    let results = chain.blocks.flatMap(\.results.transactions)
    #expect(chain.blocks.count >= 45)
    #expect(results.filter { $0.rejection != nil }.count > 5)
    for kind in ["transferred", "holdPosted", "holdReleased", "dealCompleted", "feeCharged"] {
      #expect(!chain.scanEvents(kind: kind).isEmpty, "\(kind)")
    }
    #expect(chain.blocks.contains { !$0.results.events.isEmpty })
  }

  @Test func eventsAreThoseOfAScan() async throws {
    let index = try await chain.fullIndex(in: folder)
    let kinds = Set(chain.blocks.flatMap(\.events).map { type(of: $0.event.event).jsonName }).sorted()
    for account in [nil, Address(module: "nobody")] + SampleChain.accounts.map(Optional.some) {
      for kind in [nil, "neverHappened"] + kinds.map(Optional.some) {
        let found = try await index.events(of: account, kind: kind, limit: 10_000)
        #expect(found == chain.scanEvents(of: account, kind: kind), "\(kind ?? "any")")
      }
    }
  }

  @Test(arguments: [1, 2, 7])
  func pagesOfEventsJoin(_ size: Int) async throws {
    let index = try await chain.fullIndex(in: folder)
    for (account, kind) in [(nil, nil), (SampleChain.accounts[1], nil), (SampleChain.accounts[1], "transferred")] {
      var joined: [EventPlace] = []
      while case let page = try await index.events(of: account, kind: kind, before: joined.last, limit: size),
        !page.isEmpty
      {
        #expect(page.count <= size)
        joined += page
      }
      #expect(joined == chain.scanEvents(of: account, kind: kind))
    }
  }

  @Test func everyTransactionIsFoundWhereItWasExecuted() async throws {
    let index = try await chain.fullIndex(in: folder)
    for block in chain.blocks {
      for (position, result) in block.results.transactions.enumerated() where result.isFinal {
        let place = TransactionPlace(height: block.header.height, position: UInt32(position))
        #expect(try await index.transaction(result.id) == place)
      }
    }
    #expect(try await index.transaction(.zero) == nil)
  }

  @Test func aTransactionRefusedBeforeItsWindowIsFoundUntilItIsExecuted() async throws {
    let early = try #require(
      chain.blocks.firstIndex { $0.results.transactions.first?.rejection?.reason == "notYetValid" })
    let id = try #require(chain.blocks[early].results.transactions.first?.id)
    let index = try chain.index(in: folder)
    try await index.append(Array(chain.blocks[...early]))
    #expect(try await index.transaction(id) == TransactionPlace(height: UInt64(early), position: 0))
    try await index.append(chain.blocks)
    let reasons = chain.blocks.flatMap(\.results.transactions).filter { $0.id == id }.map { $0.rejection?.reason }
    #expect(reasons == ["notYetValid", nil, "duplicate"])
    #expect(try await index.transaction(id) == TransactionPlace(height: UInt64(early + 1), position: 0))
  }

  @Test(arguments: [0, -1])
  func aPageWithoutRoomIsEmpty(_ limit: Int) async throws {
    let index = try await chain.fullIndex(in: folder)
    #expect(try await index.events(limit: limit).isEmpty)
  }

  @Test func aCursorBeyondTheEndIsTheEnd() async throws {
    let index = try await chain.fullIndex(in: folder)
    let end = EventPlace(height: .max, position: .max, index: .max)
    #expect(try await index.events(before: end, limit: 10_000) == chain.scanEvents())
  }
}

import Foundation
import GRDB
import Index
import LedgerKit
import Testing

struct OpeningTests {
  let folder: TemporaryFolder
  let chain: SampleChain

  init() throws {
    folder = try TemporaryFolder()
    chain = try SampleChain.busy()
  }

  private func expectRebuilt() async throws {
    let index = try chain.index(in: folder)
    #expect(try await index.height() == nil)
    try await index.append(chain.blocks)
    #expect(try await index.events(limit: 10_000) == chain.scanEvents())
  }

  /// Runs `sql` on the file of a full index.
  private func tamper(_ sql: String) async throws {
    _ = try await chain.fullIndex(in: folder)
    try await DatabaseQueue(path: folder.file).writeWithoutTransaction { try $0.execute(sql: sql) }
  }

  @Test func whatWasIndexedStays() async throws {
    _ = try await chain.fullIndex(in: folder)
    let index = try chain.index(in: folder)
    #expect(try await index.height() == UInt64(chain.blocks.count - 1))
    #expect(try await index.events(limit: 10_000) == chain.scanEvents())
  }

  @Test func aDeletedIndexIsBuiltAnew() async throws {
    _ = try await chain.fullIndex(in: folder)
    try Index.remove(folder.file)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    try await expectRebuilt()
  }

  @Test func anotherChainsIndexIsThrownAway() async throws {
    _ = try await SampleChain.busy("another-chain").fullIndex(in: folder)
    try await expectRebuilt()
  }

  @Test(arguments: [
    "PRAGMA user_version = 0", "PRAGMA user_version = 99", "DROP TABLE chain", "DELETE FROM chain",
    "UPDATE blocks SET digest = zeroblob(32)", "INSERT INTO blocks SELECT height + 1000, digest FROM blocks"
  ])
  func anIndexThatDoesNotFitIsThrownAway(_ sql: String) async throws {
    try await tamper(sql)
    try await expectRebuilt()
  }

  @Test(arguments: [0, 4096, 3 * 4096 + 8])
  func aDamagedFileIsThrownAway(_ offset: Int) async throws {
    try await tamper("PRAGMA wal_checkpoint(TRUNCATE)")
    let file = URL(fileURLWithPath: folder.file)
    var bytes = try Data(contentsOf: file)
    bytes.replaceSubrange(offset..<(offset + 64), with: Data(repeating: 0xA5, count: 64))
    try bytes.write(to: file)
    try await expectRebuilt()
  }

  @Test func aFileThatIsNoDatabaseIsThrownAway() async throws {
    try Data(
      "This is a text, and a long one, of more than a hundred bytes or so. ".utf8 + Array(repeating: 65, count: 999)
    )
    .write(to: URL(fileURLWithPath: folder.file))
    try await expectRebuilt()
  }

  @Test func aPathThatCannotBeOpenedIsAnErrorAndNothingIsDeleted() throws {
    try FileManager.default.createDirectory(atPath: folder.file, withIntermediateDirectories: true)
    let error = #expect(throws: IndexError.self) { try chain.index(in: folder) }
    guard case .failed = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(FileManager.default.fileExists(atPath: folder.file))
  }
}

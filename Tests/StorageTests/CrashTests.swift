import Cryptography
import Foundation
import Storage
import Testing

/// What a process leaves that is killed, or finds damage.
struct CrashTests {
  let directory = TemporaryDirectory()

  @Test(arguments: [1, 17, 60] as [UInt64])
  func aKilledProcessLeavesWholeCommits(_ height: UInt64) async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = directory.path as String, height = height as UInt64] in
      let store = try ChainStore(path: path, limits: frequentFlushes)
      Thread.detachNewThread {
        while (store.height ?? 0) < height { usleep(100) }
        usleep(useconds_t(height * 7))
        kill(getpid(), SIGKILL)
      }
      for next: UInt64 in 1... { try store.commit(numbered(next)) }
    }
    let store = try ChainStore(path: directory.path)
    let last = try #require(store.height)
    #expect(last >= height)
    try expectFlushedState(store, before: last)
    try expect(store, at: last)
    try store.commit(numbered(last + 1))
    try expect(store, at: last + 1)
  }

  /// The state is that of one height, from which the blocks lead on.
  private func expectFlushedState(_ store: ChainStore, before last: UInt64) throws {
    let flushed = store.stateHeight ?? 0
    #expect(flushed <= last && last - flushed <= frequentFlushes.unflushedBlocks)
    #expect(store.state().value(at: [0]) == (flushed == 0 ? nil : numbered(flushed).block))
    guard flushed < last else { return }
    #expect(throws: StorageError.self) { try store.commit(numbered(last + 1)) }
    for height in (flushed + 1)...last { try store.advance(to: height, numbered(height).changes) }
  }

  private func expect(_ store: ChainStore, at height: UInt64) throws {
    let expected = numbered(height)
    #expect(store.stateHeight == height)
    #expect(try store.block(at: height) == expected.block)
    #expect(try store.results(at: height) == expected.results)
    #expect(try store.block(at: height + 1) == nil)
    var entries = 0
    store.state().forEach { key, value in
      entries += 1
      #expect(value == expected.block)
      #expect(store.state().key(ofPath: Digest(of: key)) == key)
    }
    #expect(entries == expected.changes.count)
  }

  @Test func aNodeStopsOnADamagedState() async throws {
    try ChainStore(path: directory.path).commit(numbered(1))
    _ = try ChainStore(path: directory.path)
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      [path = directory.path as String] in
      let state = try ChainStore(path: path).state()
      for table in try files(".sst", in: path + "/state") { try flip(table, at: 10) }
      _ = state.value(at: [0])
    }
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains("the node stops"))
    #expect(output.contains(".sst"))
  }
}

/// Limits under which a state is flushed between the commits of a test.
private let frequentFlushes = {
  var limits = ChainStore.Limits()
  limits.unflushedBlocks = 10
  limits.segmentBytes = 1000
  return limits
}()

/// A commit that sets every entry of the state to its height.
private func numbered(_ height: UInt64) -> Commit {
  let bytes = Array(String(height).utf8)
  return Commit(
    height: height, block: bytes, results: bytes + bytes, changes: (0..<50).map { ([$0], bytes, true) })
}

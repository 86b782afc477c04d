import Cryptography
import Foundation
import Storage
import Testing

struct ChainStoreTests {
  let directory = TemporaryDirectory()

  private func open() throws -> ChainStore { try ChainStore(path: directory.path) }

  @Test func aCommitOutlivesTheStore() throws {
    try open().commit(
      Commit(height: 7, block: [1], results: [2], changes: [([3], [4], true), ([5], [], true)]))
    let store = try open()
    #expect(store.height == 7)
    #expect(try store.block(at: 7) == [1])
    #expect(try store.results(at: 7) == [2])
    #expect(store.state().value(at: [3]) == [4])
    #expect(store.state().value(at: [5]) == [])
    #expect(store.state().height == 7)
    #expect(try store.block(at: 6) == nil)
    #expect(try store.results(at: 8) == nil)
  }

  @Test(arguments: [0, 6, 7, 9, .max] as [UInt64])
  func aHeightThatDoesNotFollowIsRefused(_ height: UInt64) throws {
    let store = try open()
    #expect(store.height == nil)
    try store.commit(Commit(height: 7, block: []))
    let error = #expect(throws: StorageError.self) { try store.commit(Commit(height: height, block: [9])) }
    #expect(error?.kind == .invalid)
    #expect(error?.message == "a commit of height \(height) does not follow height 7")
    try store.commit(Commit(height: 8, block: []))
    #expect(store.height == 8)
  }

  @Test func noHeightFollowsTheGreatest() throws {
    let store = try open()
    try store.commit(Commit(height: .max, block: []))
    #expect(throws: StorageError.self) { try store.commit(Commit(height: 0, block: [])) }
    #expect(store.height == .max)
  }

  @Test func heightsAreOrderedAsNumbers() throws {
    let store = try open()
    for height: UInt64 in 255...257 { try store.commit(Commit(height: height, block: [])) }
    #expect(store.height == 257)
  }

  @Test func aClosedStoreStartsWithoutReplay() throws {
    for height: UInt64 in 1...3 {
      try open().commit(Commit(height: height, block: [1], changes: [([1], [UInt8(height)], true)]))
    }
    let store = try open()
    #expect(store.stateHeight == 3)
    #expect(store.state().value(at: [1]) == [3])
  }

  @Test func aStateWithoutItsBlocksIsRefused() throws {
    try open().commit(Commit(height: 1, block: [1]))
    try FileManager.default.removeItem(atPath: directory.path + "/blocks")
    let error = #expect(throws: StorageError.self) { try open() }
    #expect(error?.kind == .corrupt)
    #expect(error?.message.contains("the state is that of block 1") == true)
  }

  @Test func pruningKeepsWhatIsNotFlushed() throws {
    var limits = ChainStore.Limits()
    limits.segmentBytes = 1
    let store = try ChainStore(path: directory.path, limits: limits)
    for height: UInt64 in 0...5 { try store.commit(Commit(height: height, block: [1])) }
    try store.prune(below: 6)
    #expect(store.firstKeptHeight == 1)
    try store.flush()
    try store.prune(below: 4)
    #expect(store.firstKeptHeight == 4)
    #expect(try store.block(at: 0) == [1])
    #expect(throws: StorageError.self) { try store.block(at: 3) }
  }

  @Test func keysAreFoundByTheirPath() throws {
    let store = try open()
    let path = Digest(of: [3])
    try store.commit(Commit(height: 1, block: [], changes: [([3], [4], true)]))
    let before = store.state()
    #expect(before.key(ofPath: path) == [3])
    #expect(before.key(ofPath: .zero) == nil)
    try store.commit(Commit(height: 2, block: [], changes: [([3], nil, false)]))
    #expect(store.state().key(ofPath: path) == nil)
    #expect(store.state().value(at: [3]) == nil)
    #expect(before.key(ofPath: path) == [3])
    #expect(before.value(at: [3]) == [4])
    #expect(before.height == 1)
  }

  @Test func theStateIsReadInOrder() throws {
    let store = try open()
    try store.commit(
      Commit(height: 1, block: [], changes: [([3], [], true), ([1, 255], [], true), ([2], [], true), ([1], [], true)]))
    var all: [[UInt8]] = []
    store.state().forEach { key, _ in all.append(key) }
    #expect(all == [[1], [1, 255], [2], [3]])
    var some: [[UInt8]] = []
    store.state().scan(from: [1, 0], to: [3]) { key, _ in
      some.append(key)
      return true
    }
    #expect(some == [[1, 255], [2]])
  }
}

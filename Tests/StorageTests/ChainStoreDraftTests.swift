import Foundation
import Storage
import Testing

/// A store that is filled from elsewhere.
struct ChainStoreDraftTests {
  let directory = TemporaryDirectory()
  private var path: String { directory.path + "/chain" }

  @Test func aFinishedDraftIsAStoreThatPrunedWhatIsMissing() throws {
    let draft = try ChainStoreDraft(path: path)
    try draft.append([0], [], height: 0)
    try draft.append([7], [70], height: 7)
    try draft.append([8], [80], height: 8)
    try draft.put([([3], [4])])
    try draft.finish(height: 8)
    let store = try ChainStore(path: path)
    #expect(store.height == 8 && store.stateHeight == 8)
    #expect(store.firstKeptHeight == 7)
    #expect(try store.block(at: 0) == [0])
    #expect(try store.results(at: 7) == [70])
    #expect(store.state().value(at: [3]) == [4])
    #expect(#expect(throws: StorageError.self) { try store.block(at: 6) }?.kind == .pruned)
    try store.commit(Commit(height: 9, block: [9]))
    #expect(store.height == 9)
  }

  @Test func onlyTheFirstBlockIsFollowedByAGap() throws {
    let draft = try ChainStoreDraft(path: path)
    for height: UInt64 in [0, 7] { try draft.append([1], [], height: height) }
    for height: UInt64 in [0, 7, 9] {
      #expect(throws: StorageError.self) { try draft.append([1], [], height: height) }
    }
  }

  @Test func anUnfinishedDraftLeavesNothing() throws {
    do {
      let draft = try ChainStoreDraft(path: path)
      try draft.append([0], [], height: 0)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).isEmpty)
  }

  @Test func whatIsThereIsNotReplaced() throws {
    try ChainStore(path: path).commit(Commit(height: 0, block: [1]))
    #expect(throws: StorageError.self) { _ = try ChainStoreDraft(path: path) }
    #expect(try ChainStore(path: path).height == 0)
  }
}

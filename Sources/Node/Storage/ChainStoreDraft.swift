internal import Foundation

/// A store in the making: blocks and a state that come from elsewhere, in a folder that nobody takes for a store before all of
/// it is there. A draft that goes away unfinished leaves nothing behind.
public struct ChainStoreDraft: ~Copyable {
  private let path: String
  /// The open files; `nil` once the draft is finished.
  private var parts: (state: Database, blocks: BlockLog)?

  private var folder: String { path + ".partial" }

  /// Begins the store that is to be opened in the directory `path` later.
  ///
  /// - Throws: `invalid` where something is in the way.
  public init(path: String, limits: ChainStore.Limits = .init()) throws(StorageError) {
    guard !FileManager.default.fileExists(atPath: path) else {
      throw StorageError(invalid: "\(path) is there already; remove it, or choose another folder")
    }
    // What a crash left of another draft.
    let folder = path + ".partial"
    try? FileManager.default.removeItem(atPath: folder)
    let parts = (try Database(stateOf: folder, limits), try BlockLog(storeOf: folder, limits))
    (self.path, self.parts) = (path, parts)
  }

  deinit {
    guard parts != nil else { return }
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Adds a block: the first one of the chain, then those from any height on.
  public func append(_ block: [UInt8], _ results: [UInt8], height: UInt64) throws(StorageError) {
    try parts?.blocks.append(block, results, height: height, leavesGap: true)
  }

  /// Adds entries of the state.
  public func put(_ entries: [(key: [UInt8], value: [UInt8])]) throws(StorageError) {
    var batch = Batch()
    for entry in entries { batch.set((entry.key, entry.value, isNew: true)) }
    try parts?.state.write(batch)
  }

  /// Makes a store of what was added; it is on disk, under its own name, when the call returns.
  ///
  /// - Parameter height: that of the last block, which the state follows from.
  public consuming func finish(height: UInt64) throws(StorageError) {
    guard let state = parts?.state else { return }
    var batch = Batch()
    batch.setHeight(height)
    try state.write(batch)
    try state.flushState(of: height)
    try Directory.rename(folder, to: path)
    parts = nil
  }
}

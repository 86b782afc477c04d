/// A block as the log has it.
public struct StoredBlock: Sendable {
  public let height: UInt64
  public let block: [UInt8]
  public let results: [UInt8]
  /// Path of the file that holds it.
  public let file: String
}

/// The way through a block log from its first block to its last, over every byte of every file; it changes none.
public struct BlockWalk: Sendable {
  private let path: String
  /// Heights of the first blocks of the segments that were not begun.
  private var waiting: ArraySlice<UInt64>
  private var segment: SegmentScan?
  /// Height that the next segment must begin with; `nil` after the first block, since those behind it may be pruned.
  private var follower: UInt64?
  /// Bytes of all files together.
  public let size: Int
  private var finished = 0
  /// A write at the very end that a crash cut short; the next start of the node drops it, since nobody was told that it was done.
  public private(set) var cutOff: String?

  init(path: String) throws(StorageError) {
    self.path = path
    let heights = try Directory.names(in: path).compactMap(BlockLog.first)
    waiting = heights[...]
    var size = 0
    for height in heights { size += try LogFile.reading(BlockLog.file(height, in: path)).size() }
    self.size = size
  }

  /// Bytes of the blocks that were gone through.
  public var position: Int { finished + (segment?.end ?? 0) }

  /// The next block, or `nil` after the last one.
  ///
  /// - Throws: `corrupt` with file, offset and height when bytes are not those that were written.
  public mutating func next() throws(StorageError) -> StoredBlock? {
    while try enter() {
      guard var scan = segment.take() else { return nil }
      switch try scan.next() {
      case .block(let entry):
        segment = scan
        return StoredBlock(height: scan.last, block: entry.block, results: entry.results, file: scan.file.path)
      case .end(let ending): try leave(scan, ending)
      }
    }
    return nil
  }

  /// Whether there is a segment to read in.
  private mutating func enter() throws(StorageError) -> Bool {
    guard segment == nil else { return true }
    guard let height = waiting.popFirst() else { return false }
    let file = try LogFile.reading(BlockLog.file(height, in: path))
    if let follower, height != follower {
      throw StorageError(damaged: file.path, at: 0, height: follower, "the file begins with block \(height)")
    }
    segment = try SegmentScan(file, first: height)
    return true
  }

  /// Checks what ends a segment: an index, or in the last one also the file or a write that was cut short.
  private mutating func leave(_ scan: SegmentScan, _ ending: SegmentScan.Ending) throws(StorageError) {
    finished += scan.size
    follower = scan.last == 0 ? nil : scan.last + 1
    switch ending {
    case .index(let index) where index == scan.offsets + [UInt64(scan.end)]: return
    case .index:
      throw StorageError(damaged: scan.file.path, at: scan.end, height: scan.first, "the index does not fit the blocks")
    case .tornWrite where waiting.isEmpty:
      cutOff = "\(scan.size - scan.end) bytes of an unfinished write at the end of \(scan.file.path)"
    case .file where waiting.isEmpty: return
    case .file, .tornWrite:
      throw StorageError(damaged: scan.file.path, at: scan.end, height: scan.last + 1, "the file ends before its index")
    }
  }
}

extension SegmentScan {
  /// Height of the last block that was read.
  fileprivate var last: UInt64 { first + UInt64(offsets.count) - 1 }
}

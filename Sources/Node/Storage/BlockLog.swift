internal import Foundation
internal import Synchronization

/// The blocks of a chain and their results in files of consecutive heights: what carries durability.
///
/// A block is on disk when `append` returns. Every byte is under a checksum, which every read verifies. The first block has a
/// segment of its own that is always kept: it says whose chain this is. The log may be used from any thread; one process at a
/// time may have it open, which its owner sees to.
final class BlockLog: Sendable {
  private struct Segments {
    var sealed: [SealedSegment]
    var active: ActiveSegment?
    /// Whether a write runs, or failed, so that it is open what the file holds.
    var isUncertain = false

    var last: UInt64? { active?.last ?? sealed.last?.last }
    /// The first of the blocks that follow each other up to the last.
    var firstKept: UInt64? { sealed.count > 1 ? sealed[1].first : active?.first ?? sealed.first?.first }
    /// Whether a block of `height` may be the next one; the first block is alone while its segment is not sealed.
    func takes(_ height: UInt64, leavesGap: Bool) -> Bool {
      guard let last else { return true }
      return height > last && (height - last == 1 || leavesGap && sealed.isEmpty)
    }

    /// The oldest segment that may go: neither the first block's, nor the one that takes blocks.
    var prunable: SealedSegment? { sealed.count > (active == nil ? 2 : 1) ? sealed[1] : nil }
  }

  let path: String
  /// What was dropped when the log was opened: a write that a crash cut short, which nobody was told of as done.
  let cutOff: String?
  private let segmentBytes: Int
  private let segments: Mutex<Segments>

  /// Opens the log in the directory `path`, creating it where it is missing.
  ///
  /// - Parameter segmentBytes: size from which on a segment takes no more blocks.
  /// - Throws: `corrupt` with file, offset and height when bytes are not those that were written.
  init(path: String, segmentBytes: Int) throws(StorageError) {
    try Directory.create(path)
    self.path = path
    self.segmentBytes = segmentBytes
    let firsts = try Directory.names(in: path).compactMap(Self.first)
    var sealed: [SealedSegment] = []
    for (index, first) in firsts.dropLast().enumerated() {
      let count = index == 0 ? 1 : firsts[index + 1] - first
      sealed.append(try SealedSegment(opening: Self.file(first, in: path), first: first, count: count))
    }
    let last = try firsts.last.map { (first) throws(StorageError) in
      try Self.openLast(Self.file(first, in: path), first: first)
    }
    if let segment = last?.sealed { sealed.append(segment) }
    cutOff = last?.cutOff
    segments = Mutex(Segments(sealed: sealed, active: last?.active))
  }

  /// Height of the last block.
  var last: UInt64? { segments.withLock { $0.last } }

  /// Height of the first block after those that were pruned.
  var firstKept: UInt64? { segments.withLock { $0.firstKept } }

  /// Height of the last block in the oldest segment that may go.
  var prunableHeight: UInt64? { segments.withLock { $0.prunable?.last } }

  /// Adds the block of the next height, or of any height to an empty log; it is on disk when the call returns.
  ///
  /// - Parameter leavesGap: whether blocks may be missing between the first one and this one, as pruning leaves them out.
  /// - Throws: `invalid` when the height does not follow; nothing is changed then. After any other error it is open whether the
  ///   block was added, until the log is opened again.
  func append(
    _ block: [UInt8], _ results: [UInt8], height: UInt64, leavesGap: Bool = false
  ) throws(StorageError) {
    let active = try segments.withLock { (segments) throws(StorageError) in
      guard !segments.isUncertain else { throw StorageError(invalid: "the block log at \(path) failed; open it again") }
      guard segments.takes(height, leavesGap: leavesGap) else {
        let last = segments.last ?? 0
        throw StorageError(invalid: "a commit of height \(height) does not follow height \(last)")
      }
      segments.isUncertain = true
      let active = try makeRoom(in: &segments, for: height)
      segments.active = active
      return active
    }
    // Readers need not wait for the disk.
    let end = try active.write(block, results)
    segments.withLock { segments in
      segments.active?.extend(to: end)
      segments.isUncertain = false
    }
  }

  /// The segment that takes the block of `height`.
  private func makeRoom(in segments: inout Segments, for height: UInt64) throws(StorageError) -> ActiveSegment {
    if let active = segments.active {
      guard segments.sealed.isEmpty || active.end >= segmentBytes else { return active }
      segments.sealed.append(try active.sealed())
      segments.active = nil
    }
    return ActiveSegment(file: try .creating(Self.file(height, in: path)), first: height)
  }

  /// The block of `height` with its results, or `nil` where there is none yet.
  ///
  /// - Throws: `pruned`; `corrupt` with file, offset and height when bytes are not those that were written.
  func entry(at height: UInt64) throws(StorageError) -> Entry? {
    let found = try segments.withLock { (segments) throws(StorageError) -> (file: LogFile, range: Range<Int>)? in
      try place(of: height, in: segments)
    }
    guard let (file, range) = found else { return nil }
    return try Entry(in: file, at: range, height: height)
  }

  private func place(
    of height: UInt64, in segments: borrowing Segments
  ) throws(StorageError) -> (file: LogFile, range: Range<Int>)? {
    guard let last = segments.last, height <= last else { return nil }
    if let active = segments.active, height >= active.first { return (active.file, active.range(of: height)) }
    guard let segment = segments.sealed.last(where: { $0.first <= height }) else { return nil }
    guard height <= segment.last else { throw StorageError(pruned: height, firstKept: segments.firstKept ?? height) }
    let file = try LogFile.reading(segment.path)
    return (file, try segment.range(of: height, in: file))
  }

  /// Deletes the segments that hold only blocks below `height`, except the first block's and the one that takes blocks.
  func prune(below height: UInt64) throws(StorageError) {
    try segments.withLock { (segments) throws(StorageError) in
      while let segment = segments.prunable, segment.last < height {
        guard unlink(segment.path) == 0 else { throw StorageError(blockLog: segment.path, while: "deleting") }
        segments.sealed.remove(at: 1)
      }
    }
  }
}

extension BlockLog {
  private static let ending = ".blocks"
  private static let digits = 20

  /// The segment whose first block has the height `first`; names sort as heights do.
  static func file(_ first: UInt64, in path: String) -> String {
    let digits = String(first)
    return path + "/" + String(repeating: "0", count: Self.digits - digits.count) + digits + ending
  }

  /// Height of the first block in the segment called `name`; `nil` where that is no segment.
  static func first(of name: String) -> UInt64? {
    name.hasSuffix(ending) && name.count == digits + ending.count ? UInt64(name.dropLast(ending.count)) : nil
  }

  /// Opens the segment that no other follows: the only one in which a write can have been cut short.
  private static func openLast(
    _ path: String, first: UInt64
  ) throws(StorageError) -> (sealed: SealedSegment?, active: ActiveSegment?, cutOff: String?) {
    let file = try LogFile.writing(path)
    var scan = try SegmentScan(file, first: first)
    switch try scan.run() {
    case .index: return (scan.sealed, nil, nil)
    case .file: return (nil, try scan.activeUnlessEmpty(), nil)
    case .tornWrite:
      let excess = try file.size() - scan.end
      try file.truncate(to: scan.end)
      try file.synchronize()
      return (nil, try scan.activeUnlessEmpty(), "\(excess) bytes of an unfinished write at the end of \(path)")
    }
  }
}

extension SegmentScan {
  /// The segment to go on with; a file without blocks is removed, since the next one may begin with another height.
  fileprivate func activeUnlessEmpty() throws(StorageError) -> ActiveSegment? {
    guard isEmpty else { return active }
    guard unlink(file.path) == 0 else { throw StorageError(blockLog: file.path, while: "deleting") }
    return nil
  }
}

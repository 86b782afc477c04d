/// Goes through the entries of a segment from its beginning, and checks every byte.
struct SegmentScan {
  /// What ends the blocks.
  enum Ending: Equatable {
    case file, tornWrite
    /// The index, with the numbers that it holds.
    case index([UInt64])
  }

  /// What comes next.
  enum Step {
    case block(Entry)
    case end(Ending)
  }

  let file: LogFile
  let first: UInt64
  let size: Int
  /// Where each block begins.
  private(set) var offsets: [UInt64] = []
  /// Behind the last block.
  private(set) var end = 0

  init(_ file: LogFile, first: UInt64) throws(StorageError) {
    self.file = file
    self.first = first
    size = try file.size()
  }

  var isEmpty: Bool { offsets.isEmpty }
  var active: ActiveSegment { ActiveSegment(file: file, first: first, offsets: offsets, end: end) }
  var sealed: SealedSegment {
    SealedSegment(path: file.path, first: first, count: UInt64(offsets.count), end: end)
  }

  /// Reads up to the end, or `count` blocks.
  ///
  /// - Throws: `corrupt` when bytes are not those that were written.
  mutating func run(count: UInt64 = .max) throws(StorageError) -> Ending {
    while offsets.count < count {
      if case .end(let ending) = try next() { return ending }
    }
    return .file
  }

  /// Reads one block, or what ends the blocks.
  ///
  /// - Throws: as `run`.
  mutating func next() throws(StorageError) -> Step {
    guard end < size else { return .end(.file) }
    guard let header = try header(), header.entryLength <= size - end else { return .end(.tornWrite) }
    let entry = try Entry(in: file, at: end, header)
    guard header.kind == .block else { return .end(.index(entry.block.offsets)) }
    offsets.append(UInt64(end))
    end += header.entryLength
    return .block(entry)
  }

  /// The header at the position, or `nil` where a write was cut short before its end.
  private func header() throws(StorageError) -> EntryHeader? {
    let height = first &+ UInt64(offsets.count)
    let bytes = try file.bytes(at: end, count: EntryHeader.length)
    guard bytes.count == EntryHeader.length else { return nil }
    guard let header = EntryHeader(bytes) else {
      if try isZeroToTheEnd() { return nil }
      throw StorageError(damaged: file.path, at: end, height: height, "the header is not what was written")
    }
    guard header.height == (header.kind == .block ? height : first) else {
      throw StorageError(damaged: file.path, at: end, height: height, "the header is that of height \(header.height)")
    }
    return header
  }

  /// Whether the file grew for a write of which nothing arrived.
  private func isZeroToTheEnd() throws(StorageError) -> Bool {
    let step = 1 << 20
    for offset in stride(from: end, to: size, by: step) {
      guard try file.bytes(at: offset, count: step).allSatisfy({ $0 == 0 }) else { return false }
    }
    return true
  }
}

/// A block and its results, as the log keeps them.
struct Entry {
  let block: [UInt8]
  let results: [UInt8]

  /// The entry with `header` at `offset`.
  init(in file: LogFile, at offset: Int, _ header: EntryHeader) throws(StorageError) {
    let content = try file.bytes(at: offset + EntryHeader.length, count: header.entryLength - EntryHeader.length)
    try self.init(header, content[...], in: file, at: offset)
  }

  /// The entry of the block `height` that fills `range`.
  init(in file: LogFile, at range: Range<Int>, height: UInt64) throws(StorageError) {
    let bytes = try file.bytes(at: range.lowerBound, count: range.count)
    guard let header = EntryHeader(bytes), header.kind == .block, header.height == height,
      header.entryLength == range.count
    else {
      throw StorageError(damaged: file.path, at: range.lowerBound, height: height, "the header is not what was written")
    }
    try self.init(header, bytes[EntryHeader.length...], in: file, at: range.lowerBound)
  }

  private init(
    _ header: EntryHeader, _ content: ArraySlice<UInt8>, in file: LogFile, at offset: Int
  ) throws(StorageError) {
    guard content.count == header.entryLength - EntryHeader.length, Checksum.of(content) == header.checksum else {
      throw StorageError(damaged: file.path, at: offset, height: header.height, "the checksum does not fit")
    }
    block = Array(content.prefix(Int(header.blockLength)))
    results = Array(content.dropFirst(Int(header.blockLength)))
  }
}

extension SealedSegment {
  /// Opens a segment that others follow, by its index; an index that is damaged is written anew.
  ///
  /// - Parameter count: blocks that the segment must have.
  init(opening path: String, first: UInt64, count: UInt64) throws(StorageError) {
    if let segment = try Self.indexed(path, first), segment.count == count {
      self = segment
      return
    }
    let file = try LogFile.writing(path)
    var scan = try SegmentScan(file, first: first)
    _ = try scan.run(count: count)
    guard scan.offsets.count == count else {
      let missing = first + UInt64(scan.offsets.count)
      throw StorageError(
        damaged: path, at: scan.end, height: missing, "the file ends before block \(first + (count - 1))")
    }
    try file.truncate(to: scan.end)
    self = try scan.active.sealed()
  }

  /// The segment by its index, or `nil` where that is missing or damaged.
  private static func indexed(_ path: String, _ first: UInt64) throws(StorageError) -> SealedSegment? {
    let file = try LogFile.reading(path)
    let size = try file.size()
    guard let last = try file.bytes(at: max(size - 8, 0), count: 8).offsets.first, let end = Int(exactly: last),
      end < size, let header = EntryHeader(try file.bytes(at: end, count: EntryHeader.length)),
      header.kind == .index, header.height == first, header.entryLength == size - end,
      let index = try? Entry(in: file, at: end, header).block, index.count >= 16
    else { return nil }
    return SealedSegment(path: path, first: first, count: UInt64(index.count / 8 - 1), end: end)
  }
}

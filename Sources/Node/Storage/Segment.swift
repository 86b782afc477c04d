/// A segment that takes no more blocks: a file of entries that ends with an index of them.
struct SealedSegment: Sendable {
  let path: String
  /// Height of the first block.
  let first: UInt64
  let count: UInt64
  /// Where the index begins.
  let end: Int

  var last: UInt64 { first + (count - 1) }

  /// Where the entry of `height` lies, by the index in `file`.
  func range(of height: UInt64, in file: LogFile) throws(StorageError) -> Range<Int> {
    let offset = end + EntryHeader.length + 8 * Int(height - first)
    let bounds = try file.bytes(at: offset, count: 16).offsets
    guard bounds.count == 2, let start = Int(exactly: bounds[0]), let end = Int(exactly: bounds[1]),
      start < end, end <= self.end
    else { throw StorageError(damaged: path, at: offset, height: height, "the index is not what was written") }
    return start..<end
  }
}

/// The segment that takes blocks.
struct ActiveSegment: Sendable {
  let file: LogFile
  /// Height of the first block.
  let first: UInt64
  /// Where each block begins.
  private(set) var offsets: [UInt64] = []
  private(set) var end = 0

  init(file: LogFile, first: UInt64, offsets: [UInt64] = [], end: Int = 0) {
    self.file = file
    self.first = first
    self.offsets = offsets
    self.end = end
  }

  /// Height of the last block; `nil` before the first one is there.
  var last: UInt64? { offsets.isEmpty ? nil : first + UInt64(offsets.count - 1) }

  /// Where the entry of `height` lies.
  func range(of height: UInt64) -> Range<Int> {
    let index = Int(height - first)
    let next = index + 1
    return Int(offsets[index])..<(next < offsets.count ? Int(offsets[next]) : end)
  }

  /// Writes the next entry, which is on disk when the call returns, and gives its end for `extend`.
  func write(_ block: [UInt8], _ results: [UInt8]) throws(StorageError) -> Int {
    let header = try EntryHeader(.block, height: first + UInt64(offsets.count), block: block, results: results)
    var offset = end
    for part in [header.bytes, block, results] {
      try file.write(part, at: offset)
      offset += part.count
    }
    try file.synchronize()
    return offset
  }

  /// Counts the entry that was written up to `newEnd`.
  mutating func extend(to newEnd: Int) {
    offsets.append(UInt64(end))
    end = newEnd
  }

  /// Ends the segment with the index: where each block begins, and where the index does.
  func sealed() throws(StorageError) -> SealedSegment {
    let index = (offsets + [UInt64(end)]).flatMap(\.littleEndianBytes)
    let header = try EntryHeader(.index, height: first, block: index)
    try file.write(header.bytes + index, at: end)
    try file.synchronize()
    return SealedSegment(path: file.path, first: first, count: UInt64(offsets.count), end: end)
  }
}

extension [UInt8] {
  /// The 64-bit numbers that the bytes are.
  var offsets: [UInt64] {
    stride(from: 0, to: count & ~7, by: 8).map { UInt64(littleEndianBytes: self[$0..<$0 + 8]) }
  }
}

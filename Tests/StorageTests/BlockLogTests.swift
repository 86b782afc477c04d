import Foundation
import Testing

@testable import Storage

struct BlockLogTests {
  let directory = TemporaryDirectory()

  private func open(segmentBytes: Int = 200) throws -> BlockLog {
    try BlockLog(path: directory.path, segmentBytes: segmentBytes)
  }

  private func block(_ height: UInt64) -> [UInt8] { [UInt8](repeating: UInt8(height), count: Int(height)) }
  private func results(_ height: UInt64) -> [UInt8] { [UInt8](repeating: 255 - UInt8(height), count: 3) }

  private func append(_ heights: ClosedRange<UInt64>, to log: BlockLog) throws {
    for height in heights { try log.append(block(height), results(height), height: height) }
  }

  private func expect(_ heights: ClosedRange<UInt64>, in log: BlockLog) throws {
    #expect(log.last == heights.upperBound)
    for height in heights {
      let entry = try #require(try log.entry(at: height))
      #expect(entry.block == block(height) && entry.results == results(height), "block \(height)")
    }
    #expect(try log.entry(at: heights.upperBound + 1) == nil)
  }

  private var segments: [String] { get throws { try files(".blocks", in: directory.path) } }

  @Test func blocksAreReadAcrossSegmentsAndOpenings() throws {
    #expect(try open().last == nil)
    for step: UInt64 in 0..<8 {
      let log = try open()
      #expect(log.cutOff == nil)
      try append((step * 3)...(step * 3 + 2), to: log)
      try expect(0...(step * 3 + 2), in: log)
    }
    #expect(try segments.count > 4)
    #expect(try segments.first?.hasSuffix("/00000000000000000000.blocks") == true)
    try expect(0...23, in: try open())
  }

  /// What a crash can leave of the last write, at every byte.
  @Test func anUnfinishedWriteIsCutOff() throws {
    try append(0...3, to: try open(segmentBytes: 10_000))
    let file = try #require(try segments.last)
    let whole = try Data(contentsOf: URL(fileURLWithPath: file))
    try append(4...4, to: try open(segmentBytes: 10_000))
    let longer = try Data(contentsOf: URL(fileURLWithPath: file))
    for end in whole.count..<longer.count {
      let zeros = end % 5 == 0 ? Data(count: end == whole.count ? 40 : 0) : Data()
      try (longer.prefix(end) + zeros).write(to: URL(fileURLWithPath: file))
      let log = try open(segmentBytes: 10_000)
      try expect(0...3, in: log)
      #expect((log.cutOff != nil) == (end > whole.count || !zeros.isEmpty), "cut at byte \(end)")
      try append(4...4, to: log)
      #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == longer)
    }
  }

  @Test func anUnfinishedIndexIsCutOff() throws {
    try append(0...0, to: try open())
    let file = try #require(try segments.last)
    let unsealed = try Data(contentsOf: URL(fileURLWithPath: file)).count
    try append(1...1, to: try open())
    let sealed = try Data(contentsOf: URL(fileURLWithPath: file))
    for end in unsealed...sealed.count {
      for other in try segments { try FileManager.default.removeItem(atPath: other) }
      try sealed.prefix(end).write(to: URL(fileURLWithPath: file))
      let log = try open()
      try expect(0...0, in: log)
      try append(1...2, to: log)
      try expect(0...2, in: try open())
    }
  }

  @Test func aFileOfWhichOnlyTheNameExistsIsRemoved() throws {
    try append(0...2, to: try open())
    try Data().write(to: URL(fileURLWithPath: directory.path + "/00000000000000000003.blocks"))
    let log = try open()
    try expect(0...2, in: log)
    try append(3...5, to: log)
    try expect(0...5, in: try open())
  }

  /// A flipped byte gives an error that names the file, or nothing that differs.
  @Test func noFlippedByteIsServed() throws {
    try append(0...9, to: try open())
    let last = try segments.last
    for file in try segments {
      for offset in 0..<(try size(file)) {
        try flip(file, at: offset)
        let fault = fault(upTo: 9)
        #expect(fault == nil || fault?.kind == .corrupt && fault?.file == file, "byte \(offset) of \(file)")
        if file == last {
          #expect(fault?.message.contains("byte ") == true && fault?.message.contains("block ") == true)
        }
        if fault != nil { try flip(file, at: offset) }
      }
    }
    try expect(0...9, in: try open())
  }

  /// What reading everything throws; what is read without an error must be right.
  private func fault(upTo last: UInt64) -> StorageError? {
    do throws(StorageError) {
      let log = try BlockLog(path: directory.path, segmentBytes: 200)
      for height in 0...last {
        let entry = try log.entry(at: height)
        #expect(entry?.block == block(height) && entry?.results == results(height), "block \(height)")
      }
      return nil
    } catch { return error }
  }

  @Test func aMissingSegmentIsReported() throws {
    try append(0...23, to: try open())
    try FileManager.default.removeItem(atPath: try segments[2])
    let error = #expect(throws: StorageError.self) { try open() }
    #expect(error?.kind == .corrupt)
    #expect(error?.file == (try segments[1]))
  }

  @Test func prunedBlocksAreNamed() throws {
    let log = try open()
    try append(0...23, to: log)
    try log.prune(below: 20)
    let first = try #require(log.firstKept)
    #expect((10...20).contains(first))
    for log in [log, try open()] {
      try expect(first...23, in: log)
      #expect(try log.entry(at: 0)?.block == block(0))
      for height in 1..<first {
        let error = #expect(throws: StorageError.self) { try log.entry(at: height) }
        #expect(error?.kind == .pruned)
        #expect(error?.message == "block \(height) was pruned; this node keeps blocks from \(first) on")
      }
    }
    try log.prune(below: .max)
    try expect(23...23, in: log)
  }
}

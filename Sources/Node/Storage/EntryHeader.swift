/// What stands before the content of an entry of a segment, little-endian.
///
/// It has a checksum of its own, so that a flipped length is never taken for a write that a crash cut short.
struct EntryHeader: Equatable {
  enum Kind: UInt32 {
    /// A block and its results.
    case block = 1
    /// Where the blocks of a sealed segment begin; its height is the first one's.
    case index = 2
  }

  /// Bytes of a header.
  static let length = 28

  let kind: Kind
  let height: UInt64
  /// Bytes of the first part, a block or an index.
  let blockLength: UInt32
  /// Bytes of the second part.
  let resultsLength: UInt32
  /// Of both parts.
  let checksum: UInt32

  /// Bytes of the whole entry.
  var entryLength: Int { Self.length + Int(blockLength) + Int(resultsLength) }

  init(_ kind: Kind, height: UInt64, block: [UInt8], results: [UInt8] = []) throws(StorageError) {
    guard let blockLength = UInt32(exactly: block.count), let resultsLength = UInt32(exactly: results.count) else {
      throw StorageError(invalid: "block \(height) has 4 GiB or more; the block log takes less")
    }
    self.kind = kind
    self.height = height
    self.blockLength = blockLength
    self.resultsLength = resultsLength
    checksum = Checksum.of(block[...], results[...])
  }

  /// The header that `bytes` begin with, or `nil` where they are not one.
  init?(_ bytes: [UInt8]) {
    guard bytes.count >= Self.length, Checksum.of(bytes[..<24]) == UInt32(littleEndianBytes: bytes[24..<28]),
      let kind = Kind(rawValue: UInt32(littleEndianBytes: bytes[..<4]))
    else { return nil }
    self.kind = kind
    blockLength = UInt32(littleEndianBytes: bytes[4..<8])
    resultsLength = UInt32(littleEndianBytes: bytes[8..<12])
    checksum = UInt32(littleEndianBytes: bytes[12..<16])
    height = UInt64(littleEndianBytes: bytes[16..<24])
  }

  var bytes: [UInt8] {
    let fields =
      kind.rawValue.littleEndianBytes + blockLength.littleEndianBytes + resultsLength.littleEndianBytes
      + checksum.littleEndianBytes + height.littleEndianBytes
    return fields + Checksum.of(fields[...]).littleEndianBytes
  }
}

extension FixedWidthInteger {
  init(littleEndianBytes bytes: ArraySlice<UInt8>) {
    self = bytes.reversed().reduce(0) { $0 << 8 | Self($1) }
  }

  var littleEndianBytes: [UInt8] { withUnsafeBytes(of: littleEndian) { Array($0) } }
}

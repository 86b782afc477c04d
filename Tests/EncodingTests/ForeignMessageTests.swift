import Encoding
import Testing

/// Protobuf as others write it is read as protobuf asks for, and what has no meaning is refused.
struct ForeignMessageTests {
  /// A key and a color, which the record requires.
  private static let required: [UInt8] = [0x32, 4, 0, 0, 0, 0, 0x38, 1]

  private static let accepted: [(name: String, bytes: [UInt8], count: UInt32, memo: String)] = [
    ("canonical", [0x18, 7, 0x22, 1, 0x61] + required, 7, "a"),
    ("in another order", required + [0x22, 1, 0x61, 0x18, 7], 7, "a"),
    ("with unknown fields", [0x40, 1, 0x4A, 2, 1, 2, 0x51, 1, 2, 3, 4, 5, 6, 7, 8, 0x5D, 1, 2, 3, 4] + required, 0, ""),
    ("with explicit defaults", [0x08, 0, 0x18, 0, 0x22, 0] + required, 0, ""),
    ("with a long varint", [0x18, 0x87, 0x80, 0] + required, 7, ""),
    ("with a long tag", [0x98, 0x80, 0, 7] + required, 7, ""),
    ("with a repeated field, whose last value counts", [0x18, 1, 0x18, 7] + required, 7, ""),
    ("with a number that is too wide", [0x18, 0x87, 0x80, 0x80, 0x80, 0x10] + required, 7, "")
  ]

  @Test(arguments: accepted) func isRead(name: String, bytes: [UInt8], count: UInt32, memo: String) throws {
    let scalars = try Scalars(foreign: bytes)
    #expect(scalars.count == count, "\(name)")
    #expect(scalars.memo == memo, "\(name)")
  }

  @Test func listsAreReadPackedOrNot() throws {
    let packed = try Lists(foreign: [0x0A, 3, 1, 2, 3, 0x22, 1, 0x61, 0x22, 1, 0x62])
    #expect(packed.heights == [1, 2, 3])
    #expect(packed.names == ["a", "b"])
    #expect(try Lists(foreign: [0x08, 1, 0x22, 1, 0x61, 0x0A, 2, 2, 3, 0x22, 1, 0x62]) == packed)
  }

  @Test("a block's worth of elements takes time in proportion to their number", .timeLimit(.minutes(1)))
  func manyElementsAreRead() throws {
    let name: [UInt8] = [0x22, 1, 0x61]
    let lists = try Lists(foreign: Array(repeatElement(name, count: 400_000).joined()))
    #expect(lists.names.count == 400_000)
  }

  @Test func partsOfAMessageAreMerged() throws {
    // The corner of Options, once with x and once with y, and last an empty one.
    let merged = try Options(foreign: [0x1A, 2, 0x08, 3, 0x1A, 2, 0x10, 4, 0x1A, 0])
    #expect(merged.corner == (try Options(foreign: [0x1A, 4, 0x08, 3, 0x10, 4]).corner))
    #expect(merged.corner != nil)
  }

  @Test func anEmptyMessageIsNotAMissingOne() throws {
    #expect(try Options(foreign: [0x1A, 0]).corner != nil)
    #expect(try Options(foreign: []).corner == nil)
    #expect(try Options(foreign: [0x08, 0]).limit == 0)
  }

  @Test func theLastCaseOfAVariantCounts() throws {
    let first = try Payload(foreign: [0x12, 1, 0x61])
    #expect(try Payload(foreign: [0x08, 5, 0x12, 1, 0x61]) == first)
    #expect(throws: DecodingError.self) { try Payload(foreign: []) }
  }

  private static let refused: [(bytes: [UInt8], reason: DecodingError.Reason, path: [String])] = [
    ([0x10], .truncated, []),
    ([0x22, 2, 0x61], .truncated, []),
    ([0x52, 0x80], .truncated, []),
    ([0x10] + [UInt8](repeating: 0xFF, count: 9) + [2], .varintOverflow, []),
    ([0x00, 1], .valueOutOfRange, []),
    ([0x43], .wrongWireType(3), []),
    ([0x12, 1, 1, 0x20, 1], .wrongWireType(0), ["memo"]),
    ([0x25, 1, 2, 3, 4], .wrongWireType(5), ["memo"]),
    ([0x11, 1, 2, 3, 4, 5, 6, 7, 8], .wrongWireType(1), ["validUntil"]),
    ([0x22, 1, 0xFF] + required, .invalidUTF8, ["memo"]),
    ([0x32, 1, 0, 0x38, 1], .wrongLength(expected: 4, found: 1), ["publicKey"]),
    ([], .missing, ["publicKey"]),
    ([0x32, 4, 0, 0, 0, 0, 0x38, 9], .unknownCase(9), ["color"])
  ]

  @Test(arguments: refused) func isRefused(bytes: [UInt8], reason: DecodingError.Reason, path: [String]) {
    let error = #expect(throws: DecodingError.self) { try Scalars(foreign: bytes) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func whatWeWriteIsReadAlike() throws {
    var random = Random(seed: 7)
    for _ in 0..<200 {
      let lists = Scalars.sample(&random)
      #expect(try Scalars(foreign: lists.encoded) == lists)
      let payload = Payload.sample(&random)
      var writer = Writer()
      payload.write(to: &writer)
      var reader = Reader(writer.bytes)
      let length = try reader.length()
      let content = Array(try reader.take(length))
      #expect(try Payload(foreign: content) == payload)
    }
  }

  @Test func spoiltBytesAreReadOrRefused() {
    var random = Random(seed: 8)
    for _ in 0..<5_000 {
      var bytes = Scalars.sample(&random).encoded
      bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
      guard let read = try? Scalars(foreign: bytes) else { continue }
      #expect((try? Scalars(encoded: read.encoded)) == read)
    }
  }
}

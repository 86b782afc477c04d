import Encoding
import Testing

struct MalformedBytesTests {
  /// A valid key and color, after which nothing more may follow.
  static let valid: [UInt8] = [0x32, 4, 0, 0, 0, 0, 0x38, 1]

  static let scalars: [(bytes: [UInt8], reason: DecodingError.Reason, path: [String])] = [
    ([0x10], .truncated, ["validUntil"]),
    ([0x10, 0x80], .truncated, ["validUntil"]),
    ([0x22, 2, 0x61], .truncated, ["memo"]),
    ([0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], .truncated, ["memo"]),
    ([0x10, 0x80, 0], .overlongVarint, ["validUntil"]),
    ([0x90, 0, 1], .overlongVarint, ["flag"]),
    ([0x10, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2], .varintOverflow, ["validUntil"]),
    ([0x08, 2], .valueOutOfRange, ["flag"]),
    ([0x18, 0x80, 0x80, 0x80, 0x80, 0x10], .valueOutOfRange, ["count"]),
    ([0, 1], .valueOutOfRange, ["flag"]),
    ([0x88, 0x80, 0x80, 0x80, 0x10, 1], .valueOutOfRange, ["flag"]),
    ([0x12, 0], .wrongWireType(2), ["validUntil"]),
    ([0x22, 1, 0xFF], .invalidUTF8, ["memo"]),
    ([0x22, 3, 0xED, 0xA0, 0x80], .invalidUTF8, ["memo"]),
    ([0x32, 1, 0], .wrongLength(expected: 4, found: 1), ["publicKey"]),
    ([], .missing, ["publicKey"]),
    ([0x32, 4, 0, 0, 0, 0], .missing, ["color"]),
    ([0x08, 0], .explicitDefault, ["flag"]),
    ([0x22, 0], .explicitDefault, ["memo"]),
    ([0x32, 4, 0, 0, 0, 0, 0x38, 0], .unknownCase(0), ["color"]),
    ([0x32, 4, 0, 0, 0, 0, 0x38, 9], .unknownCase(9), ["color"]),
    (valid + [0x38, 1], .unexpectedField(7), []),
    (valid + [0x08, 1], .unexpectedField(1), []),
    (valid + [0x40, 1], .unexpectedField(8), []),
    (valid + [0, 0, 0], .trailingBytes(3), [])
  ]

  @Test(arguments: scalars) func scalarsAreRefused(bytes: [UInt8], reason: DecodingError.Reason, path: [String]) {
    let error = #expect(throws: DecodingError.self) { try Scalars(encoded: bytes) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  static let lists: [(bytes: [UInt8], reason: DecodingError.Reason, path: [String])] = [
    ([0x0A, 0], .explicitDefault, ["heights"]),
    ([0x08, 1], .wrongWireType(0), ["heights"]),
    ([0x0A, 2, 1, 0x80], .truncated, ["heights", "1"]),
    ([0x0A, 1, 1, 0x0A, 1, 1], .unexpectedField(1), []),
    ([0x12, 2, 1, 2], .valueOutOfRange, ["switches", "1"]),
    ([0x1A, 1, 3], .unknownCase(3), ["tints", "0"]),
    ([0x22, 0, 0x22, 1, 0x80], .invalidUTF8, ["names", "1"]),
    ([0x7A, 3, 0, 0, 0], .wrongLength(expected: 4, found: 3), ["keys", "0"]),
    ([0x82, 1, 2, 0x08, 0], .explicitDefault, ["points", "0", "x"]),
    ([0x82, 1, 2, 0x18, 1], .unexpectedField(3), ["points", "0"]),
    ([0xFA, 0x7F, 0], .missing, ["payloads", "0"]),
    ([0xFA, 0x7F, 2, 0x20, 1], .unknownCase(4), ["payloads", "0"]),
    ([0xFA, 0x7F, 2, 0x0A, 0], .wrongWireType(2), ["payloads", "0"]),
    ([0xFA, 0x7F, 4, 0x08, 1, 0x08, 1], .unexpectedField(1), ["payloads", "0"]),
    ([0xFA, 0x7F, 4, 0x32, 2, 0x08, 0], .explicitDefault, ["payloads", "0", "point", "x"]),
    ([0x82, 0x80, 1, 0], .missing, ["operations", "0"]),
    ([0x82, 0x80, 1, 2, 0x12, 0], .unknownCase(2), ["operations", "0"]),
    ([0x82, 0x80, 1, 2, 0x18, 0], .wrongWireType(0), ["operations", "0"]),
    ([0x82, 0x80, 1, 2, 0x1A, 0], .missing, ["operations", "0", "moveTo", "target"])
  ]

  @Test(arguments: lists) func listsAreRefused(bytes: [UInt8], reason: DecodingError.Reason, path: [String]) {
    let error = #expect(throws: DecodingError.self) { try Lists(encoded: bytes, unions: unions) }
    #expect(error?.reason == reason)
    #expect(error?.path == path)
  }

  @Test func deepNestingIsRefused() throws {
    let eight = nested(8)
    #expect(try Batch(encoded: eight.encoded, unions: unions).encoded == eight.encoded)
    let error = #expect(throws: DecodingError.self) { try Batch(encoded: nested(9).encoded, unions: unions) }
    #expect(error?.reason == .tooDeep)
    let path = Array(repeating: ["operations", "0", "batch"], count: 8).flatMap { $0 } + ["operations", "0"]
    #expect(error?.path == path)
  }

  /// A batch inside a batch, `depth` times; each is two levels of bytes.
  private func nested(_ depth: Int) -> Batch {
    var batch = Batch(operations: [])
    for _ in 0..<depth { batch = Batch(operations: [Operation(batch)].compactMap { $0 }) }
    return batch
  }

  @Test func anErrorReadsAsASentence() {
    let error = #expect(throws: DecodingError.self) { try Scalars(encoded: [0x22, 1, 0xFF]) }
    #expect(error?.description == "field memo: the text is not UTF-8")
  }
}

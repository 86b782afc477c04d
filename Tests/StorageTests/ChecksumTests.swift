import Testing

@testable import Storage

struct ChecksumTests {
  /// Vectors of RFC 3720, appendix B.4, and the check value of the CRC catalogue.
  @Test(
    arguments: [
      (Array("123456789".utf8), 0xE306_9283), ([], 0), ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
      ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43), (Array(0..<32), 0x46DD_794E),
      (Array((0..<32).reversed()), 0x113F_DB5C)
    ] as [([UInt8], UInt32)])
  func knownValues(_ bytes: [UInt8], _ expected: UInt32) {
    #expect(Checksum.of(bytes[...]) == expected)
    for cut in bytes.indices { #expect(Checksum.of(bytes[..<cut], bytes[cut...]) == expected, "cut at \(cut)") }
  }
}

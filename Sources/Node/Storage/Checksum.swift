/// CRC-32C (Castagnoli, as in RFC 3720), eight bytes a step from tables.
///
/// A table rather than the processor's instruction: the same code on every machine, and fast enough beside one write to disk.
struct Checksum {
  private var register: UInt32 = .max

  /// The checksum of everything that was added.
  var value: UInt32 { ~register }

  /// The checksum of `parts`, one after the other.
  static func of(_ parts: ArraySlice<UInt8>...) -> UInt32 {
    var checksum = Checksum()
    for part in parts { part.withUnsafeBytes { checksum.add($0) } }
    return checksum.value
  }

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var sum = register
    let whole = bytes.count & ~7
    Self.tables.withUnsafeBufferPointer { tables in
      for offset in stride(from: 0, to: whole, by: 8) {
        let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) ^ UInt64(sum)
        sum = Self.step(word, tables)
      }
      for byte in bytes[whole...] { sum = sum >> 8 ^ tables[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    }
    register = sum
  }

  private static func step(_ word: UInt64, _ tables: UnsafeBufferPointer<UInt32>) -> UInt32 {
    var sum: UInt32 = 0
    for place in 0..<8 { sum ^= tables[(7 - place) << 8 | Int(truncatingIfNeeded: word >> (8 * UInt64(place)) & 0xFF)] }
    return sum
  }

  /// Eight tables of 256: what a byte contributes when 0 to 7 bytes follow it.
  private static let tables: [UInt32] = {
    let reversedPolynomial: UInt32 = 0x82F6_3B78
    var tables = (0..<256 as Range<UInt32>).map { byte in
      (0..<8).reduce(byte) { sum, _ in sum & 1 == 0 ? sum >> 1 : sum >> 1 ^ reversedPolynomial }
    }
    for index in 256..<2048 {
      let shorter = tables[index - 256]
      tables.append(shorter >> 8 ^ tables[Int(shorter & 0xFF)])
    }
    return tables
  }()
}

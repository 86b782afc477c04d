internal import Encoding

/// Text with a checksum that catches mistyped characters (BIP-173): a prefix, `1`, groups of five bits, six of checksum.
enum Bech32 {
  /// The alphabet of the groups, as ranges of a regular expression.
  static let characterClass = "02-9ac-hj-np-z"
  static let maximumLength = 90
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)
  private static let checksumLength = 6

  static func encode(prefix: String, groups: [UInt8]) -> String {
    let open = expand(prefix) + groups
    let remainder = checksum(open + [UInt8](repeating: 0, count: checksumLength)) ^ 1
    let closing = (0..<checksumLength).map { UInt8(remainder >> UInt32(5 * (checksumLength - 1 - $0)) & 31) }
    return prefix + "1" + String(decoding: (groups + closing).map { alphabet[Int($0)] }, as: UTF8.self)
  }

  /// The prefix, in lowercase, and the groups of a text that is all lowercase or all uppercase.
  static func decode(_ text: some StringProtocol) throws(FieldError) -> (prefix: String, groups: [UInt8]) {
    guard text.utf8.count <= maximumLength else { throw FieldError("expected at most \(maximumLength) characters") }
    guard text.utf8.allSatisfy({ 33...126 ~= $0 }) else { throw FieldError("expected visible ASCII characters") }
    let folded = text.lowercased()
    guard text == folded || text == text.uppercased() else { throw FieldError("expected one case of letters") }
    guard let separator = folded.lastIndex(of: "1"), separator > folded.startIndex else {
      throw FieldError("expected a prefix and a 1 after it")
    }
    let prefix = String(folded[..<separator])
    let groups = try groups(of: folded[folded.index(after: separator)...])
    guard groups.count >= checksumLength, checksum(expand(prefix) + groups) == 1 else {
      throw FieldError("the checksum does not match; a character is wrong or missing")
    }
    return (prefix, groups.dropLast(checksumLength))
  }

  private static func groups(of text: Substring) throws(FieldError) -> [UInt8] {
    var groups: [UInt8] = []
    for character in text.utf8 {
      guard let group = alphabet.firstIndex(of: character) else {
        throw FieldError("expected letters and digits except 1, b, i and o after the separator")
      }
      groups.append(UInt8(group))
    }
    return groups
  }

  private static func expand(_ prefix: String) -> [UInt8] {
    prefix.utf8.map { $0 >> 5 } + [0] + prefix.utf8.map { $0 & 31 }
  }

  /// The remainder of the groups, as a polynomial over GF(32), modulo BIP-173's generator.
  private static func checksum(_ groups: [UInt8]) -> UInt32 {
    let generator: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    var remainder: UInt32 = 1
    for group in groups {
      let top = remainder >> 25
      remainder = (remainder & 0x1FF_FFFF) << 5 ^ UInt32(group)
      for (bit, term) in generator.enumerated() where top >> UInt32(bit) & 1 == 1 { remainder ^= term }
    }
    return remainder
  }
}

extension Bech32 {
  /// `bytes` in groups of five bits, the last one filled up with zeros.
  static func groups(of bytes: [UInt8]) -> [UInt8] {
    var (groups, rest) = regroup(bytes, from: 8, to: 5)
    if rest.count > 0 { groups.append(UInt8(rest.bits << UInt32(5 - rest.count))) }
    return groups
  }

  /// The bytes that `groups` hold, whose filling must be less than a group and zero.
  static func bytes(of groups: [UInt8]) throws(FieldError) -> [UInt8] {
    let (bytes, rest) = regroup(groups, from: 5, to: 8)
    guard rest.count < 5, rest.bits == 0 else {
      throw FieldError("expected a whole number of bytes, filled with zeros")
    }
    return bytes
  }

  private static func regroup(
    _ input: [UInt8], from inputWidth: UInt32, to width: UInt32
  ) -> (output: [UInt8], rest: (bits: UInt32, count: UInt32)) {
    var output: [UInt8] = []
    var rest: (bits: UInt32, count: UInt32) = (0, 0)
    for element in input {
      rest = (rest.bits << inputWidth | UInt32(element), rest.count + inputWidth)
      while rest.count >= width {
        rest.count -= width
        output.append(UInt8(rest.bits >> rest.count))
        rest.bits &= 1 << rest.count - 1
      }
    }
    return (output, rest)
  }
}

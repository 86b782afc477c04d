/// Whole numbers in base 58 with Bitcoin's alphabet (base58btc); a leading zero byte is a leading `1`.
///
/// The time grows with the square of the length: callers bound it.
enum Base58 {
  private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    let zeros = bytes.prefix { $0 == 0 }
    let digits = convert(bytes, from: 256, to: 58)
    return String(decoding: (zeros.map { _ in 0 } + digits).map { alphabet[Int($0)] }, as: UTF8.self)
  }

  /// The bytes that `text` stands for, or `nil` when it has a character outside the alphabet.
  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    var digits: [UInt8] = []
    for character in text.utf8 {
      guard let digit = alphabet.firstIndex(of: character) else { return nil }
      digits.append(UInt8(digit))
    }
    return digits.prefix { $0 == 0 } + convert(digits, from: 58, to: 256)
  }

  /// The digits in base `target` of the number with `digits` in base `source`, without leading zeros.
  private static func convert(_ digits: [UInt8], from source: UInt32, to target: UInt32) -> [UInt8] {
    var converted: [UInt8] = []
    for digit in digits {
      var carry = UInt32(digit)
      for index in converted.indices {
        carry += UInt32(converted[index]) * source
        converted[index] = UInt8(carry % target)
        carry /= target
      }
      while carry > 0 {
        converted.append(UInt8(carry % target))
        carry /= target
      }
    }
    return converted.reversed()
  }
}

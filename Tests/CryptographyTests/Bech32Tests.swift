import Encoding
import Testing

@testable import Cryptography

@Suite struct Bech32Tests {
  /// BIP-173, "valid Bech32".
  @Test(arguments: [
    "A12UEL5L",
    "a12uel5l",
    "an83characterlonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1tt5tgs",
    "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
    "11qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqc8247j",
    "split1checkupstagehandshakeupstreamerranterredcaperred2y9e3w",
    "?1ezyfcl"
  ]) func acceptsPublishedTexts(text: String) throws {
    let (prefix, groups) = try Bech32.decode(text)
    #expect(Bech32.encode(prefix: prefix, groups: groups) == text.lowercased())
  }

  private static let visible = "expected visible ASCII characters"
  private static let prefix = "expected a prefix and a 1 after it"
  private static let alphabet = "expected letters and digits except 1, b, i and o after the separator"
  private static let checksum = "the checksum does not match; a character is wrong or missing"

  /// BIP-173, "invalid Bech32", and a text of mixed case.
  @Test(arguments: [
    ("\u{20}1nwldj5", visible),
    ("\u{7F}1axkwrx", visible),
    ("\u{80}1eym55h", visible),
    (
      "an84characterslonghumanreadablepartthatcontainsthenumber1andtheexcludedcharactersbio1569pvx",
      "expected at most 90 characters"
    ),
    ("pzry9x0s0muk", prefix),
    ("1pzry9x0s0muk", prefix),
    ("x1b4n0q5v", alphabet),
    ("li1dgmt3", checksum),
    ("de1lg7wt\u{FF}", visible),
    ("A1G7SGD8", checksum),
    ("10a06t8", prefix),
    ("1qzzfhee", prefix),
    ("A12uel5l", "expected one case of letters")
  ]) func refusesPublishedTexts(text: String, message: String) {
    #expect(throws: FieldError(message)) { try Bech32.decode(text) }
  }

  @Test func bytesComeBack() throws {
    var random = Random(seed: 3)
    for count in 0..<40 {
      let bytes = random.bytes(count)
      let groups = Bech32.groups(of: bytes)
      #expect(groups.count == (count * 8 + 4) / 5)
      #expect(try Bech32.bytes(of: groups) == bytes)
    }
  }

  @Test(arguments: [[1], [0], [0, 1], [0, 0, 0]] as [[UInt8]]) func refusesLeftoverBits(groups: [UInt8]) {
    #expect(throws: FieldError("expected a whole number of bytes, filled with zeros")) {
      try Bech32.bytes(of: groups)
    }
  }
}

import Cryptography
import Encoding
import Testing

@Suite struct AddressTests {
  private static let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"

  @Test func isTheTaggedHashOfTheKey() throws {
    let key = try PublicKey(text: Self.key[...])
    let digest = Digest(of: Array("conductor-relay/address/ed25519".utf8), key.bytes)
    #expect(Address(key).bytes == Array(digest.bytes.prefix(20)))
    #expect(Address(key).description == "cptm1xp0w9tut2lq90ztd7s9n66xekep7q7jlyqa7s5")
  }

  @Test func isTheTaggedHashOfTheModuleName() {
    let digest = Digest(of: Array("conductor-relay/address/module".utf8), Array("staking".utf8))
    #expect(Address(module: "staking").bytes == Array(digest.bytes.prefix(20)))
    #expect(Address(module: "staking").description == "cptm124lt5j4jt0dfya0fxq4hqc4y0k8g9myntpr300")
    #expect(Address(module: "staking") != Address(module: "market"))
  }

  private static let expected =
    "expected an address in bech32 (not hexadecimal), such as \(Address.example)"
  private static let checksum = "the checksum does not match; a character is wrong or missing"

  @Test(arguments: [
    ("", expected),
    ("0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a", expected),
    ("CPTM1XP0W9TUT2LQ90ZTD7S9N66XEKEP7Q7JLYQA7S5", expected),
    ("bc1xp0w9tut2lq90ztd7s9n66xekep7q7jln054a2", expected),
    ("cptm1", checksum),
    ("cptm1xp0w9qut2lq90ztd7s9n66xekep7q7jlyqa7s5", checksum),
    ("cptm1xp0w9tut2lq90ztd7s9n66xekep7q7jlyqa7s", checksum),
    ("cptm1xp0w9tut2lq90ztd7s9n66xekep7q7JLYQA7S5", "expected one case of letters"),
    (
      "cptm1xp0w9but2lq90ztd7s9n66xekep7q7jlyqa7s5",
      "expected letters and digits except 1, b, i and o after the separator"
    ),
    ("cptm1xp0w9tut2lq90ztd7s9n66xekep7q7spdfvjs", "expected 20 bytes, found 19"),
    ("cptm1xp0w9tut2lq90ztd7s9n66xekep7q7jlqy8m8q2r", "expected 20 bytes, found 21"),
    ("cptm1xp0w9tut2lq90ztd7s9n66xekep7q7jlq0huk6m", "expected a whole number of bytes, filled with zeros")
  ]) func refusesOtherTexts(text: String, message: String) {
    #expect(throws: FieldError(message)) { try Address(text: text[...]) }
  }
}

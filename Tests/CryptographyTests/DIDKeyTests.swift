import Encoding
import Testing

@testable import Cryptography

@Suite struct DIDKeyTests {
  /// The did:key specification's examples; the last three are of the seeds 0, 1 and 2.
  @Test(arguments: [
    (
      "2e6fcce36701dc791488e0d0b1745cc1e33a4c1c9fcc41c63bd343dbbe0970e6",
      "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK"
    ),
    (
      "3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29",
      "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
    ),
    (
      "4cb5abf6ad79fbf5abbccafcc269d85cd2651ed4b885b5869f241aedf0a5ba29",
      "did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG"
    ),
    (
      "7422b9887598068e32c4448a949adb290d0f4e35b9e01b0ee5f1a1e600fe2674",
      "did:key:z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf"
    )
  ]) func publishedVectors(hex: String, did: String) throws {
    let key = try PublicKey(text: hex[...])
    #expect(key.didKey == did)
    #expect(try PublicKey(didKey: did) == key)
  }

  @Test(arguments: [UInt8](0..<3)) func seedsOfTheExamples(last: UInt8) throws {
    let dids = [
      "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp", "z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
      "z6MknGc3ocHs3zdPiJbnaaqDi58NGb4pk1Sp9WxWufuXSdxf"
    ]
    let key = try PrivateKey(seed: [UInt8](repeating: 0, count: 31) + [last])
    #expect(key.publicKey.didKey == "did:key:" + dids[Int(last)])
  }

  @Test func anyKeyComesBack() throws {
    var random = Random(seed: 4)
    for fill in [UInt8.min, UInt8.max] {
      let key = try PublicKey(validating: [UInt8](repeating: fill, count: 32)[...])
      #expect(try PublicKey(didKey: key.didKey) == key)
    }
    for _ in 0..<1_000 {
      let key = PublicKey.sample(&random)
      #expect(try PublicKey(didKey: key.didKey) == key)
    }
  }

  @Test(arguments: [
    "",
    "did:web:example.com",
    "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWpp",
    "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDoo0p",
    "did:key:z6DtMnkmBcbzt3s7zq46m3HWh4Xtz1rS9Dp8pnkSnP46h9if",
    "did:key:z6LSbgBAXJos6Tik6PNmXeWxKbDUr9Y7hcB9syigVTeXiNmm"
  ]) func refusesOtherTexts(text: String) {
    #expect(throws: FieldError("expected did:key:z6Mk… of an Ed25519 key, 56 characters")) {
      try PublicKey(didKey: text)
    }
  }

  /// The Base58 draft's examples, and the empty string.
  @Test(arguments: [
    ("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U"),
    (
      "54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e",
      "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z"
    ),
    ("0000287fb4cd", "11233QC4"),
    ("", "")
  ]) func base58(hex: String, text: String) throws {
    let bytes = try #require(Hex.decode(hex))
    #expect(Base58.encode(bytes) == text)
    #expect(Base58.decode(text) == bytes)
  }
}

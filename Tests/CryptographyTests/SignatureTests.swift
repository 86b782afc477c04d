import Cryptography
import Encoding
import Testing

@Suite struct SignatureTests {
  /// RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
  @Test(arguments: [
    Vector(
      seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", message: "",
      signature: "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46b"
        + "d25bf5f0595bbe24655141438e7a100b"),
    Vector(
      seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", message: "72",
      signature: "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c"
        + "387b2eaeb4302aeeb00d291612bb0c00"),
    Vector(
      seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", message: "af82",
      signature: "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc659"
        + "4a7c15e9716ed28dc027beceea1ec40a"),
    Vector(
      seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      key: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      message: "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd"
        + "454d4423643ce80e2a9ac94fa54ca49f",
      signature: "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e030"
        + "3dca179c138ac17ad9bef1177331a704")
  ]) func publishedVectors(vector: Vector) throws {
    let key = try PrivateKey(seed: vector.bytes(\.seed))
    let message = try vector.bytes(\.message)
    #expect(key.publicKey.description == vector.key)
    #expect(key.sign(message).description == vector.signature)
    #expect(key.publicKey.verifies(key.sign(message), of: message))
  }

  @Test func everyFlippedBitIsNoticed() throws {
    var random = Random(seed: 5)
    let key = PrivateKey(using: &random)
    let message = random.bytes(20)
    let signature = key.sign(message)
    for bit in 0..<(8 * Signature.length) {
      let altered = try Signature(validating: flipped(signature.bytes, bit)[...])
      #expect(!key.publicKey.verifies(altered, of: message))
    }
    for bit in 0..<(8 * message.count) { #expect(!key.publicKey.verifies(signature, of: flipped(message, bit))) }
    for bit in 0..<(8 * PublicKey.length) {
      let altered = try PublicKey(validating: flipped(key.publicKey.bytes, bit)[...])
      #expect(!altered.verifies(signature, of: message))
    }
  }

  private func flipped(_ bytes: [UInt8], _ bit: Int) -> [UInt8] {
    var bytes = bytes
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    return bytes
  }

  @Test func seedsOfOtherLengthsAreRefused() {
    #expect(throws: FieldError("expected a seed of 32 bytes, found 31")) {
      try PrivateKey(seed: [UInt8](repeating: 1, count: 31))
    }
  }

  @Test func newKeysDiffer() { #expect(PrivateKey() != PrivateKey()) }

  @Test func nothingPrintedShowsTheSecret() throws {
    let key = try PrivateKey(seed: [UInt8](repeating: 0xAB, count: 32))
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
      #expect(text.contains(key.publicKey.description))
      #expect(!text.lowercased().contains("abab") && !text.contains("171"))
    }
  }
}

/// One published key, message and signature, in hex.
struct Vector: Sendable {
  let seed, key, message, signature: String

  func bytes(_ text: KeyPath<Vector, String>) throws -> [UInt8] { try #require(Hex.decode(self[keyPath: text])) }
}

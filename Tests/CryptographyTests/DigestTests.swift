import Cryptography
import Encoding
import Testing

@Suite struct DigestTests {
  /// FIPS 180-2, appendix B, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    )
  ]) func publishedVectors(message: String, digest: String) {
    #expect(Digest(of: Array(message.utf8)).description == digest)
  }

  @Test func partsAreJoined() {
    #expect(Digest(of: [1, 2], [], [3]) == Digest(of: [1, 2, 3]))
  }

  @Test func prefixAndTwoDigestsAreJoined() {
    var random = Random(seed: 1)
    for prefix in UInt8.min...UInt8.max {
      let (left, right) = (Digest.sample(&random), Digest.sample(&random))
      #expect(Digest(prefix: prefix, left, right) == Digest(of: [prefix], left.bytes, right.bytes))
    }
  }

  @Test func bitsCountFromTheFirstByte() {
    var random = Random(seed: 2)
    let digest = Digest.sample(&random)
    for index in 0..<256 { #expect(digest.bit(at: index) == (digest.bytes[index / 8] << UInt8(index % 8) >= 0x80)) }
  }

  @Test func zeroIsAllZeros() {
    #expect(Digest.zero.bytes == [UInt8](repeating: 0, count: 32))
  }

  @Test func identifierIsTheStartOfTheDigest() {
    #expect(Identifier(of: [1], [2, 3]).bytes == Array(Digest(of: [1, 2, 3]).bytes.prefix(16)))
  }
}

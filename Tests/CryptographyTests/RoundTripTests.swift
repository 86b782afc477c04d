import Cryptography
import Encoding
import Testing

/// Every type comes back from its bytes, its JSON and, for fixed bytes, its text, unchanged.
@Suite struct RoundTripTests {
  private static let samples = 1_000

  private func expectRoundTrip<Content: Value>(_ type: Content.Type) throws {
    var random = Random(seed: 7)
    for _ in 0..<Self.samples {
      let value = Content.sample(&random)
      var writer = Writer()
      value.write(to: &writer)
      var reader = Reader(writer.bytes)
      #expect(try Content(from: &reader) == value)
      #expect(reader.remaining == 0)
      #expect(try Content(json: JSON(parsing: value.json.description), unions: .none) == value)
    }
  }

  private func expectText<Content: FixedBytes>(_ type: Content.Type) throws {
    let pattern = try Regex(Content.pattern)
    var random = Random(seed: 8)
    for _ in 0..<Self.samples {
      let value = Content.sample(&random)
      #expect(try Content(text: value.description[...]) == value)
      #expect(try Content(validating: value.bytes[...]) == value)
      #expect(value.bytes.count == Content.length)
      #expect(value.description.wholeMatch(of: pattern) != nil)
    }
    #expect(try Content(text: Content.example[...]).description == Content.example)
    #expect(Content.example.wholeMatch(of: pattern) != nil)
  }

  @Test func bytesAndJSON() throws {
    try expectRoundTrip(Digest.self)
    try expectRoundTrip(PublicKey.self)
    try expectRoundTrip(Signature.self)
    try expectRoundTrip(Address.self)
    try expectRoundTrip(Identifier.self)
    try expectRoundTrip(KeyFile.Cost.self)
    try expectRoundTrip(KeyFile.self)
  }

  @Test func text() throws {
    try expectText(Digest.self)
    try expectText(PublicKey.self)
    try expectText(Signature.self)
    try expectText(Address.self)
    try expectText(Identifier.self)
  }

  @Test func samplesRepeat() {
    var one = Random(seed: 9), other = Random(seed: 9)
    #expect(PublicKey.sample(&one) == PublicKey.sample(&other))
    #expect(PublicKey.sample(&one) != PublicKey.sample(&one))
  }

  @Test(arguments: [0, 19, 21]) func wrongLengthIsNamed(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    #expect(throws: FieldError("expected 20 bytes, found \(count)")) { try Address(validating: bytes[...]) }
    #expect(throws: FieldError("expected 32 bytes, found \(count)")) { try PublicKey(validating: bytes[...]) }
    #expect(throws: FieldError("expected 16 bytes, found \(count)")) { try Identifier(validating: bytes[...]) }
  }

  @Test func orderIsThatOfTheBytes() {
    var random = Random(seed: 10)
    for _ in 0..<Self.samples {
      let (one, other) = (Identifier.sample(&random), Identifier.sample(&random))
      #expect((one < other) == one.bytes.lexicographicallyPrecedes(other.bytes))
      let (left, right) = (Digest.sample(&random), Digest.sample(&random))
      #expect((left < right) == left.bytes.lexicographicallyPrecedes(right.bytes))
      #expect(!(left < left))
    }
  }

  @Test func equalValuesHashEqual() throws {
    var random = Random(seed: 11)
    let addresses = Set((0..<Self.samples).map { _ in Address.sample(&random) })
    #expect(addresses.count == 16)
    let keys = (0..<Self.samples).map { _ in PublicKey.sample(&random) }
    #expect(Set(keys + keys).count == Self.samples)
  }
}

import Encoding
import Testing

struct RoundTripTests {
  private let samples = Everything.samples(2_000, seed: 1)

  @Test func bytesGiveTheValueBack() throws {
    for sample in samples {
      let bytes = sample.encoded
      #expect(try Everything(encoded: bytes, unions: unions).encoded == bytes)
    }
  }

  @Test func jsonTextGivesTheValueBack() throws {
    for sample in samples {
      let json = try JSON(parsing: sample.json.text(indent: 2))
      #expect(try Everything(json: json, unions: unions).encoded == sample.encoded)
    }
  }

  @Test func flagsGiveTheValueBack() throws {
    for sample in samples {
      #expect(try parsed(flags(of: sample.scalars)).encoded == sample.scalars.encoded)
      #expect(try parsed(flags(of: sample.options)).encoded == sample.options.encoded)
      #expect(try parsed(flags(of: sample)).encoded == sample.encoded)
    }
  }

  /// The texts a person would type for `record`, by field.
  private func flags<Content: Record>(of record: Content) -> (record: Content.Type, texts: [String: String]) {
    guard case .object(let members) = record.json else { return (Content.self, [:]) }
    let texts = members.map { member in
      if case .string(let text) = member.value { (member.name, text) } else { (member.name, member.value.text()) }
    }
    return (Content.self, Dictionary(uniqueKeysWithValues: texts))
  }

  private func parsed<Content: Record>(_ flags: (record: Content.Type, texts: [String: String])) throws -> Content {
    try Content(fields: { flags.texts[$0].map { $0[...] } }, unions: unions)
  }

  @Test func samplesReachEveryCase() {
    let text = samples.map(\.json.description).joined()
    for name in ["red", "deepBlue", "gray", "number", "text", "raw", "color", "point", "nothing", "moveTo", "batch"] {
      #expect(text.contains("\"\(name)\""))
    }
  }
}

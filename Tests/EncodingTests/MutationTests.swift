import Encoding
import Testing

/// Canonical form: whatever bytes decode are the only form of their value.
struct MutationTests {
  static let records: [any Record.Type] = [Scalars.self, Options.self, Lists.self, Everything.self]

  @Test(arguments: records.indices) func mutatedBytesAreRefusedOrCanonical(index: Int) {
    expectCanonicalMutants(of: Self.records[index])
  }

  private func expectCanonicalMutants<Content: Record>(of record: Content.Type) {
    var random = Random(seed: 3, unions: unions)
    for _ in 0..<50 {
      for mutant in mutants(of: Content.sample(&random).encoded, &random) {
        guard let value = try? Content(encoded: mutant, unions: unions), value.encoded != mutant else { continue }
        Issue.record("\(mutant) decodes, but \(value.encoded) is its canonical form")
      }
    }
  }

  /// `bytes` with each one changed in turn, cut at each place, and extended by each of some bytes.
  private func mutants(of bytes: [UInt8], _ random: inout Random) -> [[UInt8]] {
    var mutants = bytes.indices.map { Array(bytes[..<$0]) } + (0..<64).map { bytes + [$0] }
    for index in bytes.indices {
      for difference in [1, 0x80, UInt8(1 + random.below(255))] {
        var mutant = bytes
        mutant[index] ^= difference
        mutants.append(mutant)
      }
    }
    return mutants
  }
}

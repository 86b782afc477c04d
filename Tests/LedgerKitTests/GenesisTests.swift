import Encoding
import LedgerKit
import LedgerTesting
import Money
import Testing

@Suite("A genesis document")
struct GenesisTests {
  private static func genesis(
    chain: String = "test-chain", parameters: ChainParameters = .standard, sections: [any Member] = []
  ) -> Genesis {
    Genesis(
      chain: chain, policy: .devnet, time: Timestamp(milliseconds: 0), sequencer: nil, parameters: parameters,
      sections: sections.compactMap { GenesisSection($0) })
  }

  @Test("is sound with one section of a module, or none")
  func sound() throws {
    try Self.genesis().validate()
    try Self.genesis(chain: "a-1", sections: [MoneyGenesis.standard]).validate()
  }

  @Test(
    "is refused, and the field named",
    arguments: [
      (["chain"], genesis(chain: "ab")), (["chain"], genesis(chain: "Test")),
      (["chain"], genesis(chain: String(repeating: "a", count: 41))),
      (
        ["parameters", "maximumBlockBytes"],
        genesis(parameters: ChainParameters(maximumBlockBytes: 0, maximumWindowSeconds: 1))
      ),
      (
        ["parameters", "maximumWindowSeconds"],
        genesis(parameters: ChainParameters(maximumBlockBytes: 1, maximumWindowSeconds: 0))
      ),
      (["sections"], genesis(sections: [MoneyGenesis.standard, MoneyGenesis.standard]))
    ])
  func refused(path: [String], genesis: Genesis) {
    let error = #expect(throws: FieldError.self) { try genesis.validate() }
    #expect(error?.path == path)
  }
}

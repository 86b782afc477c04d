import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import StateTree
import Testing

@testable import Staking

@Suite("The genesis of staking")
struct StakingGenesisTests {
  private static func begin(
    _ validators: GenesisValidator..., parameters: StakingParameters = .small, emission: EmissionSchedule = .none
  ) throws {
    var state = State(MemoryBacking())
    try Money.begin(
      MoneyGenesis(accounts: [GenesisAccount(address: StakingScene.alice, balance: .tokens(20))]), in: &state)
    try Staking.begin(
      StakingGenesis(parameters: parameters, emission: emission, validators: validators), in: &state)
  }

  private static func row(_ parameters: StakingParameters) -> Refusal<Int> {
    Refusal("staking.invalidGenesis") { _ in try begin(parameters: parameters) }
  }

  @Test("without a section is possible, and has no validators")
  func standard() throws {
    let network = TestNetwork()
    #expect(network.ledger.validators(in: network.state).isEmpty)
    #expect(throws: Never.self) { try StakingParameters.standard.validate() }
    #expect(network.violations.isEmpty)
  }

  @Test(
    "is refused",
    arguments: [
      row(.small(epochBlocks: 0)), row(.small(epochBlocks: 86_401)), row(.small(maximumValidators: 0)),
      row(.small(maximumValidators: 501)), row(.small(unbondingBlocks: 0)), row(.small(unbondingBlocks: 4_001)),
      row(.small(minimumBond: .zero)), row(.small(powerUnit: Amount(nano: 15))),
      row(.small(maximumMaturitiesPerBlock: 0)), row(.small(maximumMaturitiesPerBlock: 10_001)),
      row(.small(doubleSignSlash: 10_001)), row(.small(downtimeSlash: 10_001)), row(.small(windowBlocks: 0)),
      row(.small(windowBlocks: 10_001)), row(.small(maximumMissedBlocks: 8)),
      row(.small(maximumMissedBlocks: .max)), row(.small(downtimeJailSeconds: 0)),
      Refusal("staking.invalidGenesis") { _ in
        let steps = [3, 3].map { EmissionStep(fromHeight: $0, perBlock: .zero) }
        try begin(emission: EmissionSchedule(steps: steps))
      },
      Refusal("staking.invalidGenesis") { _ in
        let steps = (0..<65).map { EmissionStep(fromHeight: $0, perBlock: .zero) }
        try begin(emission: EmissionSchedule(steps: steps))
      },
      Refusal("money.insufficientFunds") { _ in try begin(.of(.alice, selfBond: .tokens(21))) },
      Refusal("staking.selfBondTooLow") { _ in try begin(.of(.alice, selfBond: .tokens(4))) },
      Refusal("staking.alreadyRegistered") { _ in
        try begin(.of(.alice, selfBond: .tokens(10)), .of(.alice, selfBond: .tokens(10)))
      }
    ]) func refused(row: Refusal<Int>)
  { #expect(row.outcome(in: 0) == row.reason) }
}

internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
internal import Node
internal import Staking

/// How a test network begins: everything that staking does can be seen within a minute or two.
struct TestnetGenesis {
  static let chain = "testnet"
  /// First balance of agent and provider.
  static let funds = Amount(nano: 1_000 * Amount.unitsPerToken)
  /// Stake of each validator's operator, and as much is left to spend.
  static let selfBond = Amount(nano: 1_000 * Amount.unitsPerToken)
  /// Small enough that a block passes through four validators on one machine in time.
  private static let maximumBlockBytes: UInt64 = 4 << 20

  let validators: [GenesisValidator]
  /// Accounts that buy and sell.
  let traders: [Address]

  /// Elections in every block, a minute of unbonding, and jail after 11 missed blocks of 20.
  static let staking = StakingParameters(
    epochBlocks: 1, maximumValidators: 20, unbondingBlocks: 60,
    minimumSelfBond: Amount(nano: 100 * Amount.unitsPerToken), minimumBond: Amount(nano: Amount.unitsPerToken),
    powerUnit: Amount(nano: Amount.unitsPerToken), maximumMaturitiesPerBlock: 100, doubleSignSlashBasisPoints: 500,
    downtimeSlashBasisPoints: 100, windowBlocks: 20, maximumMissedBlocks: 10, downtimeJailSeconds: 10)

  /// A document of now.
  func document() throws -> Genesis {
    let operators = validators.map { GenesisAccount(address: $0.account, balance: $0.selfBond.doubled) }
    let money = MoneyGenesis(accounts: operators + traders.map { GenesisAccount(address: $0, balance: Self.funds) })
    let emission = EmissionSchedule(steps: [EmissionStep(fromHeight: 1, perBlock: Amount(nano: Amount.unitsPerToken))])
    let staking = StakingGenesis(parameters: Self.staking, emission: emission, validators: validators)
    let genesis = Genesis(
      chain: Self.chain, policy: .devnet, time: .now(), sequencer: nil,
      parameters: ChainParameters(
        maximumBlockBytes: Self.maximumBlockBytes, maximumWindowSeconds: ChainParameters.standard.maximumWindowSeconds),
      sections: [GenesisSection(money), GenesisSection(staking)].compactMap { $0 })
    try genesis.validate()
    return genesis
  }
}

extension Amount {
  fileprivate var doubled: Amount { Amount(nano: 2 * nano) }
}

import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Money
import StateTree

@testable import Staking

/// Alice validates with 20 CPTM of her own for a tenth of the rewards, Bob with 10 CPTM for nothing; Carol has 100 CPTM to bond.
///
/// A unit of power is a thousandth of a CPTM. Elections come every 5 blocks, and stake answers for 20 blocks after it stopped counting.
struct StakingScene: Sendable {
  static let operators = [TestAccount.alice, .bob]
  static let alice = TestAccount.alice.address
  static let bob = TestAccount.bob.address
  static let carol = TestAccount.carol.address
  static let unknown = TestAccount.pauper.address

  var network: TestNetwork

  /// Height 1, when nothing has happened since genesis.
  init(parameters: StakingParameters = .small, emission: EmissionSchedule = .none) {
    let validators = [
      GenesisValidator.of(.alice, commission: 1_000, selfBond: .tokens(20)), .of(.bob, selfBond: .tokens(10))
    ]
    network = TestNetwork(
      staking: StakingGenesis(parameters: parameters, emission: emission, validators: validators))
    network.runBlock()
  }

  /// Carol has 30 CPTM with Alice.
  static func bonded(parameters: StakingParameters = .small, emission: EmissionSchedule = .none) throws -> StakingScene
  {
    var scene = StakingScene(parameters: parameters, emission: emission)
    try scene.network.apply(Bond(validator: alice, amount: .tokens(30)), from: .carol)
    return scene
  }
}

extension StakingScene {
  /// Runs blocks which every active validator signs but those that are missing.
  @discardableResult
  mutating func run(_ blocks: Int = 1, missing: [TestAccount] = []) -> [BlockResults] {
    (0..<blocks).map { _ in network.runBlock(EngineReport(votes: votes(missing: missing))) }
  }

  /// Runs blocks without votes up to a height.
  mutating func run(to height: UInt64) { while network.moment.height < height { network.runBlock() } }

  /// Runs a block that has the proof of a double signature.
  @discardableResult
  mutating func runBlock(provingFaultOf operators: TestAccount..., at height: UInt64) -> BlockResults {
    let faults = operators.map {
      Fault(
        kind: .duplicateVote, validator: ConsensusAddress($0.node.publicKey), power: 1, height: height,
        time: network.moment.time)
    }
    return network.runBlock(EngineReport(faults: faults))
  }

  func votes(missing: [TestAccount] = []) -> [CommitVote] {
    let absent = missing.map(\.node.publicKey)
    return network.ledger.validators(in: network.state).map {
      CommitVote(validator: ConsensusAddress($0.key), power: $0.power, hasSigned: !absent.contains($0.key))
    }
  }

  func validator(_ account: TestAccount) throws -> Validator {
    try network.answer(ValidatorOf(validator: account.address))
  }

  func holdings(_ account: TestAccount) throws -> Holdings { try network.answer(StakeOf(owner: account.address)) }

  /// The powers of the active validators, under the names that tests give them.
  var powers: [String: UInt64] {
    let names = Dictionary(uniqueKeysWithValues: [TestAccount.alice, .bob, .carol].map { ($0.node.publicKey, $0) })
    return network.ledger.validators(in: network.state).reduce(into: [:]) { powers, active in
      powers[names[active.key]?.name ?? "?"] = active.power
    }
  }
}

extension TestAccount {
  /// The key that the account's validator signs blocks with.
  var node: PrivateKey { TestAccount("node of \(address)").key }

  fileprivate var name: String {
    switch address {
    case StakingScene.alice: "alice"
    case StakingScene.bob: "bob"
    default: "carol"
    }
  }
}

extension GenesisValidator {
  static func of(_ account: TestAccount, commission: UInt32 = 0, selfBond: Amount) -> GenesisValidator {
    GenesisValidator(
      account: account.address, consensusKey: account.node.publicKey, name: "a validator",
      commissionBasisPoints: commission, maximumDailyChangeBasisPoints: 100, selfBond: selfBond)
  }
}

extension RegisterValidator {
  /// A registration without fault, but for what is given.
  static func sound(
    of account: TestAccount = .carol, on chain: String = TestNetwork.chain, with key: PrivateKey? = nil,
    name: String = "another validator", commission: UInt32 = 500, maximumDailyChange: UInt32 = 100,
    selfBond: Amount = .tokens(10)
  ) -> RegisterValidator {
    RegisterValidator(
      of: account.address, on: chain, with: key ?? account.node, name: name, commissionBasisPoints: commission,
      maximumDailyChangeBasisPoints: maximumDailyChange, selfBond: selfBond)
  }
}

extension StakingParameters {
  /// Small enough that tests get to the end of everything.
  static let small = StakingParameters.small()

  static func small(
    epochBlocks: UInt64 = 5, maximumValidators: UInt32 = 2, unbondingBlocks: UInt64 = 20,
    minimumSelfBond: Amount = .tokens(5), minimumBond: Amount = .tokens(1), powerUnit: Amount = Amount(nano: 1_000_000),
    maximumMaturitiesPerBlock: UInt32 = 2, doubleSignSlash: UInt32 = 500, downtimeSlash: UInt32 = 100,
    windowBlocks: UInt64 = 8, maximumMissedBlocks: UInt64 = 3, downtimeJailSeconds: UInt64 = 30
  ) -> StakingParameters {
    StakingParameters(
      epochBlocks: epochBlocks, maximumValidators: maximumValidators, unbondingBlocks: unbondingBlocks,
      minimumSelfBond: minimumSelfBond, minimumBond: minimumBond, powerUnit: powerUnit,
      maximumMaturitiesPerBlock: maximumMaturitiesPerBlock, doubleSignSlashBasisPoints: doubleSignSlash,
      downtimeSlashBasisPoints: downtimeSlash, windowBlocks: windowBlocks, maximumMissedBlocks: maximumMissedBlocks,
      downtimeJailSeconds: downtimeJailSeconds)
  }
}

import Cryptography
import Encoding
import LedgerKit
import LedgerTesting
import Staking

/// What a consensus engine knows of its validators, and reports of them: some are absent, and a few sign twice.
struct SimulatedEngine {
  /// The powers that it was told, under the keys.
  private var powers: [PublicKey: UInt64] = [:]
  /// The same in the order of the keys.
  private var validators: [ValidatorPower] = []
  /// Everybody whom it was ever told of.
  private var known: [ValidatorPower] = []

  /// Whatever staking does by itself, and a simulation therefore has to see.
  static let expectedEvents = [
    Slashed.name, Jailed.name, StakeReturned.name, RedelegationEnded.name, RewardsDistributed.name
  ]

  /// Four of the six actors validate, elections come every four blocks, and stake answers for eight.
  static var genesis: StakingGenesis {
    let parameters = StakingParameters(
      epochBlocks: 4, maximumValidators: 3, unbondingBlocks: 8, minimumSelfBond: Amount(nano: 100_000_000),
      minimumBond: Amount(nano: 1_000_000), powerUnit: Amount(nano: 1_000), maximumMaturitiesPerBlock: 2,
      doubleSignSlashBasisPoints: 500, downtimeSlashBasisPoints: 33, windowBlocks: 10, maximumMissedBlocks: 2,
      downtimeJailSeconds: 3)
    let validators = (0..<4).map { number in
      GenesisValidator(
        account: TestAccount("actor \(number)").address,
        consensusKey: TestAccount("node of actor \(number)").key.publicKey, name: "actor \(number)",
        commissionBasisPoints: 1_000, maximumDailyChangeBasisPoints: 100, selfBond: .tokens(UInt64(number) + 1))
    }
    let steps = [EmissionStep(fromHeight: 2, perBlock: Amount(nano: 1_000_003))]
    return StakingGenesis(parameters: parameters, emission: EmissionSchedule(steps: steps), validators: validators)
  }

  func report(_ random: inout Random, at moment: Moment) -> EngineReport {
    let votes = validators.map {
      CommitVote(validator: ConsensusAddress($0.key), power: $0.power, hasSigned: random.below(4) > 0)
    }
    return EngineReport(proposer: votes.first?.validator, votes: votes, faults: faults(&random, at: moment))
  }

  /// In a few blocks, the proof of what some validator did up to ten blocks ago, whether it is one now or not.
  private func faults(_ random: inout Random, at moment: Moment) -> [Fault] {
    guard random.below(12) == 0, let offender = random.pick(known) else { return [] }
    let age = min(UInt64(random.below(10)), moment.height)
    let fault = Fault(
      kind: random.below(4) == 0 ? .lightClientAttack : .duplicateVote, validator: ConsensusAddress(offender.key),
      power: offender.power, height: moment.height - age, time: moment.time)
    return random.below(4) == 0 ? [fault, fault] : [fault]
  }

  /// Takes over what it is told; returns what is wrong with that.
  mutating func follow(_ changes: [ValidatorPower], expecting expected: [ValidatorPower]) -> [String] {
    for change in changes {
      powers[change.key] = change.power > 0 ? change.power : nil
      if !known.contains(where: { $0.key == change.key }) { known.append(change) }
    }
    validators = powers.map { ValidatorPower(key: $0.key, power: $0.value) }.sorted { $0.key < $1.key }
    return validators == expected && !validators.isEmpty ? [] : ["the engine follows \(validators), not \(expected)"]
  }
}

public import Encoding
public import LedgerKit

/// What validators must do and what they risk; part of the state.
public struct StakingParameters: Record {
  public static let schema = Schema(
    "StakingParameters", "What validators must do and what they risk.", StakingParameters.init,
    Field(1, "epochBlocks", \.epochBlocks, "Blocks between two elections of the active set."),
    Field(2, "maximumValidators", \.maximumValidators, "Validators in the active set at the most."),
    Field(
      3, "unbondingBlocks", \.unbondingBlocks,
      "Blocks for which stake answers for its validator's faults after it stopped counting."),
    Field(4, "minimumSelfBond", \.minimumSelfBond, "Least own stake of an operator that is elected, in nano-CPTM."),
    Field(
      5, "minimumBond", \.minimumBond,
      "Least amount that is bonded, unbonded or redelegated at once, in nano-CPTM; less only when it is all there is."),
    Field(6, "powerUnit", \.powerUnit, "Stake for each unit of voting power, in nano-CPTM."),
    Field(
      7, "maximumMaturitiesPerBlock", \.maximumMaturitiesPerBlock,
      "Unbondings, and redelegations, that end in one block at the most; the rest follows in the next ones."),
    Field(
      8, "doubleSignSlashBasisPoints", \.doubleSignSlashBasisPoints,
      "Part of the stake that a double signature costs, in hundredths of a percent."),
    Field(
      9, "downtimeSlashBasisPoints", \.downtimeSlashBasisPoints,
      "Part of the stake that downtime costs, in hundredths of a percent."),
    Field(10, "windowBlocks", \.windowBlocks, "Blocks over which missed ones are counted."),
    Field(11, "maximumMissedBlocks", \.maximumMissedBlocks, "Missed blocks of the window that cost nothing."),
    Field(12, "downtimeJailSeconds", \.downtimeJailSeconds, "Time in jail for downtime, in seconds."))

  public let epochBlocks: UInt64
  public let maximumValidators: UInt32
  public let unbondingBlocks: UInt64
  public let minimumSelfBond: Amount
  public let minimumBond: Amount
  public let powerUnit: Amount
  public let maximumMaturitiesPerBlock: UInt32
  public let doubleSignSlashBasisPoints: UInt32
  public let downtimeSlashBasisPoints: UInt32
  public let windowBlocks: UInt64
  public let maximumMissedBlocks: UInt64
  public let downtimeJailSeconds: UInt64

  public init(
    epochBlocks: UInt64, maximumValidators: UInt32, unbondingBlocks: UInt64, minimumSelfBond: Amount,
    minimumBond: Amount, powerUnit: Amount, maximumMaturitiesPerBlock: UInt32, doubleSignSlashBasisPoints: UInt32,
    downtimeSlashBasisPoints: UInt32, windowBlocks: UInt64, maximumMissedBlocks: UInt64, downtimeJailSeconds: UInt64
  ) {
    self.epochBlocks = epochBlocks
    self.maximumValidators = maximumValidators
    self.unbondingBlocks = unbondingBlocks
    self.minimumSelfBond = minimumSelfBond
    self.minimumBond = minimumBond
    self.powerUnit = powerUnit
    self.maximumMaturitiesPerBlock = maximumMaturitiesPerBlock
    self.doubleSignSlashBasisPoints = doubleSignSlashBasisPoints
    self.downtimeSlashBasisPoints = downtimeSlashBasisPoints
    self.windowBlocks = windowBlocks
    self.maximumMissedBlocks = maximumMissedBlocks
    self.downtimeJailSeconds = downtimeJailSeconds
  }

  /// For a block a second: elections every 10 seconds, 14 days of unbonding, jail after 83 minutes missed of 167.
  public static let standard = StakingParameters(
    epochBlocks: 10, maximumValidators: 100, unbondingBlocks: 14 * 86_400,
    minimumSelfBond: Amount(nano: 1_000 * Amount.unitsPerToken), minimumBond: Amount(nano: Amount.unitsPerToken),
    powerUnit: Amount(nano: 1_000_000), maximumMaturitiesPerBlock: 1_000, doubleSignSlashBasisPoints: 500,
    downtimeSlashBasisPoints: 1, windowBlocks: 10_000, maximumMissedBlocks: 5_000, downtimeJailSeconds: 600)
}

extension StakingParameters {
  /// Throws `staking.invalidGenesis`, naming the parameter and its range.
  func validate() throws(Rejection) {
    let ranges: [(name: String, value: UInt64, range: ClosedRange<UInt64>)] = [
      ("epochBlocks", epochBlocks, 1...86_400),
      ("maximumValidators", UInt64(maximumValidators), 1...500),
      // A slash is remembered for that long, and walked by what ends then: no validator can have more than 1000.
      ("unbondingBlocks", unbondingBlocks, 1...1_000 * (min(maximumMissedBlocks, 9_999) + 1)),
      ("minimumBond", minimumBond.nano, 1...UInt64.max),
      // All there is then has less power than the 2^60 that CometBFT allows.
      ("powerUnit", powerUnit.nano, 16...UInt64.max),
      ("maximumMaturitiesPerBlock", UInt64(maximumMaturitiesPerBlock), 1...10_000),
      ("doubleSignSlashBasisPoints", UInt64(doubleSignSlashBasisPoints), 0...10_000),
      ("downtimeSlashBasisPoints", UInt64(downtimeSlashBasisPoints), 0...10_000),
      ("windowBlocks", windowBlocks, 1...10_000),
      ("maximumMissedBlocks", maximumMissedBlocks, 0...max(windowBlocks, 1) - 1),
      ("downtimeJailSeconds", downtimeJailSeconds, 1...UInt64.max)
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw Staking.reject(
        .invalidGenesis, "parameters.\(name) is \(value); \(range.lowerBound) to \(range.upperBound) is possible")
    }
  }

  /// The last height at which stake that was bonded until `height` may still count: the engine hears of it at the end of the
  /// epoch, and a block later it follows.
  func bondedUntil(leavingAt height: UInt64) -> UInt64 {
    let epochs = height / epochBlocks + (height.isMultiple(of: epochBlocks) ? 0 : 1)
    return epochs * epochBlocks + 1
  }
}

public import Encoding
public import LedgerKit

/// What each block creates from one height on.
public struct EmissionStep: Record {
  public static let schema = Schema(
    "EmissionStep", "What each block creates from one height on.", EmissionStep.init,
    Field(1, "fromHeight", \.fromHeight, "First height that it is for."),
    Field(2, "perBlock", \.perBlock, "Amount that a block creates as rewards, in nano-CPTM."))

  public let fromHeight: UInt64
  public let perBlock: Amount

  public init(fromHeight: UInt64, perBlock: Amount) {
    self.fromHeight = fromHeight
    self.perBlock = perBlock
  }
}

/// What blocks create as rewards, beside the fees.
public struct EmissionSchedule: Record {
  public static let schema = Schema(
    "EmissionSchedule", "What blocks create as rewards, beside the fees.", EmissionSchedule.init,
    Field(1, "steps", \.steps, "Up to 64 steps in the order of their heights; nothing is created before the first."))

  static let maximumSteps = 64

  public let steps: [EmissionStep]

  public init(steps: [EmissionStep]) { self.steps = steps }

  /// Nothing is created.
  public static let none = EmissionSchedule(steps: [])

  func perBlock(at height: UInt64) -> Amount { steps.last { $0.fromHeight <= height }?.perBlock ?? .zero }

  func validate() throws(Rejection) {
    guard steps.count <= Self.maximumSteps else {
      throw Staking.reject(
        .invalidGenesis, "emission has \(steps.count) steps; up to \(Self.maximumSteps) are possible")
    }
    for (earlier, later) in zip(steps, steps.dropFirst()) where earlier.fromHeight >= later.fromHeight {
      throw Staking.reject(
        .invalidGenesis, "emission has a step from \(later.fromHeight) after one from \(earlier.fromHeight)")
    }
  }
}

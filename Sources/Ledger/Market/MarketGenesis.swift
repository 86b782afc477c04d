public import Encoding
public import LedgerKit
public import StateTree

/// What the market asks of offers and orders; part of the state.
public struct MarketParameters: Record {
  public static let schema = Schema(
    "MarketParameters", "What the market asks of offers and orders.", MarketParameters.init,
    Field(1, "minimumBond", \.minimumBond, "Least bond of an offer that takes orders, in nano-CPTM."),
    Field(
      2, "missedDeadlinePenaltyBasisPoints", \.missedDeadlinePenaltyBasisPoints,
      "Part of the bond that a missed deadline costs, in hundredths of a percent, and the deal's budget at the most."),
    Field(3, "acceptWithinSeconds", \.acceptWithinSeconds, "Time that a provider has to accept an order, in seconds."),
    Field(4, "maximumTermSeconds", \.maximumTermSeconds, "Longest delivery or review time, in seconds."))

  public let minimumBond: Amount
  public let missedDeadlinePenaltyBasisPoints: UInt32
  public let acceptWithinSeconds: UInt64
  public let maximumTermSeconds: UInt64

  public init(
    minimumBond: Amount, missedDeadlinePenaltyBasisPoints: UInt32, acceptWithinSeconds: UInt64,
    maximumTermSeconds: UInt64
  ) {
    self.minimumBond = minimumBond
    self.missedDeadlinePenaltyBasisPoints = missedDeadlinePenaltyBasisPoints
    self.acceptWithinSeconds = acceptWithinSeconds
    self.maximumTermSeconds = maximumTermSeconds
  }

  public static let standard = MarketParameters(
    minimumBond: Amount(nano: Amount.unitsPerToken / 10), missedDeadlinePenaltyBasisPoints: 2_000,
    acceptWithinSeconds: 30, maximumTermSeconds: 7 * 86_400)
}

/// Parameters of the market module.
public struct MarketGenesis: GenesisRecord {
  public static let code: UInt32 = 300
  public static let schema = Schema(
    "MarketGenesis", "Parameters of the market module.", MarketGenesis.init,
    Field(1, "parameters", \.parameters, "What the market asks of offers and orders."))

  public let parameters: MarketParameters

  public init(parameters: MarketParameters) { self.parameters = parameters }

  public static let standard = MarketGenesis(parameters: .standard)
}

extension Market {
  public static func begin(_ genesis: MarketGenesis, in state: inout State) throws(Rejection) {
    let penalty = genesis.parameters.missedDeadlinePenaltyBasisPoints
    guard penalty <= 10_000 else {
      throw reject(.invalidTerms, "missedDeadlinePenaltyBasisPoints is \(penalty); at most 10000 is possible")
    }
    state[parameters, Only()] = genesis.parameters
  }

  static func parameters(in state: borrowing State) -> MarketParameters { state[parameters, Only()] ?? .standard }
}

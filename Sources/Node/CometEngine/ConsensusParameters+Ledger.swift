internal import Engine
internal import LedgerKit

extension ConsensusParameters {
  /// Sizes of a block that CometBFT can work with, in bytes: one has room for all the evidence that its standard parameters allow, and
  /// where the ledger's limit is less, the ledger keeps it itself.
  private static let allowedBytes: ClosedRange<UInt64> = 1_048_576...104_857_600
  private static let noLimit = UInt64(bitPattern: -1)

  /// What the ledger's limits mean for the engine; the rest stays as it is.
  init(_ parameters: ChainParameters) {
    let bytes = min(max(parameters.maximumBlockBytes, Self.allowedBytes.lowerBound), Self.allowedBytes.upperBound)
    self.init(
      block: BlockLimits(maximumBytes: bytes, maximumGas: Self.noLimit), evidence: nil, keys: nil, version: nil,
      extensions: nil)
  }

  /// The engine's own parameters with those that follow from the ledger.
  ///
  /// - Parameter evidenceAgeBlocks: blocks for which evidence is of use to the ledger.
  func following(_ parameters: ChainParameters, evidenceAgeBlocks: UInt64?) -> ConsensusParameters {
    let evidence = evidence.map { limits in
      EvidenceLimits(
        maximumAgeBlocks: evidenceAgeBlocks ?? limits.maximumAgeBlocks, maximumAge: limits.maximumAge,
        maximumBytes: limits.maximumBytes)
    }
    // The version goes with the parameters: a node that takes its state from a snapshot compares it with the ledger's.
    return ConsensusParameters(
      block: ConsensusParameters(parameters).block, evidence: evidence, keys: keys,
      version: RulesVersion(number: LedgerABCI.rules), extensions: extensions)
  }
}

extension Row {
  static let all: [Row] = [
    .signedTransfers, .batchedTransfers, .indexedTransfers, .deals, .replay, .workload, .proofGeneration,
    .proofVerification, .signatures, .staking, .instantLatency, .coldStart, .growth, .overload, .cometTransfers,
    .cometTransfersOfFour
  ]
  /// What runs when no row is named.
  static let standard = all.filter { !$0.isLong }
}

extension Peer {
  /// One validator with the built-in key–value application, offered what the relay is offered.
  static let cometBFT = Peer("CometBFT, built-in kvstore") { try await CometTransfers.one.peerRate($0) }

  /// Four of them.
  static let fourCometBFT = Peer("CometBFT, built-in kvstore, four nodes") {
    try await CometTransfers.four.peerRate($0)
  }
}

extension Peer {
  /// Its built-in key–value application, one validator.
  static let cometBFT = Peer("CometBFT kvstore") { _ in
    _ = try Program(named: "cometbft")
    throw ProgramFailed("to be written")
  }
}

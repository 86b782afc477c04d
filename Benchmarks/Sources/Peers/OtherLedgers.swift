extension Peer {
  /// One process, one durable commit a second.
  static let sqlite = Peer("SQLite, a commit a second") { setting in
    let program = try Program(installed: "sqlite-transfers")
    let folder = try TemporaryFolder()
    return try program.number([folder.path + "/transfers.sqlite", "\(setting.accounts)", "\(setting.seconds)"])
  }

  /// Signatures are checked; nothing is durable and there is no state root.
  static let liteSVM = Peer("LiteSVM, one thread") { setting in
    let python = try Program(installed: "python/bin/python")
    return try python.number(["Benchmarks/Peers/litesvm_transfers.py", "\(setting.briefSeconds)"])
  }
}

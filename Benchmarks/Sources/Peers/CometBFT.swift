internal import Foundation

extension Peer {
  /// One validator with the built-in key–value application: transactions of 250 bytes that it committed in a second.
  static let cometBFT = Peer("CometBFT, built-in kvstore") { setting in
    let program = try Program(named: "cometbft")
    let home = try TemporaryFolder()
    try program.output(["init", "--home", home.path])
    let port = Int.random(in: 40_000..<60_000)
    let listening = ["--rpc.laddr", "tcp://127.0.0.1:\(port)", "--p2p.laddr", "tcp://127.0.0.1:0"]
    let server = try Server(
      program, ["start", "--home", home.path, "--proxy_app", "kvstore"] + listening, log: home.path + "/log")
    defer { server.stop() }
    let node = CometBFTNode(url: "http://127.0.0.1:\(port)")
    try await server.wait(seconds: 30) { (try? await node.height()) ?? 0 > 0 }
    return try await node.rate(seconds: setting.seconds)
  }
}

/// A CometBFT node as its JSON-RPC shows it.
private struct CometBFTNode: Sendable {
  let url: String

  private func ask(_ method: String) async throws -> [String: Any] {
    let text = try await HTTP.text(url + "/" + method)
    let answer = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    guard let result = answer?["result"] as? [String: Any] else {
      throw ProgramFailed("cometbft answers \(method) with \(text.prefix(300))")
    }
    return result
  }

  func height() async throws -> Int {
    let status = try await ask("status")
    let information = status["sync_info"] as? [String: Any]
    return (information?["latest_block_height"] as? String).flatMap { Int($0) } ?? 0
  }

  /// Transactions in the blocks made while 16 clients submit without pause.
  func rate(seconds: Int) async throws -> Double {
    let first = try await height() + 1
    let clock = ContinuousClock()
    let start = clock.now
    try await withThrowingTaskGroup(of: Void.self) { group in
      for client in 0..<16 {
        group.addTask {
          var index = 0
          while (clock.now - start).inSeconds < Double(seconds) {
            let value = String(repeating: "x", count: 230)
            _ = try await ask("broadcast_tx_sync?tx=%22\(client)-\(index)=\(value)%22")
            index += 1
          }
        }
      }
      try await group.waitForAll()
    }
    let elapsed = (clock.now - start).inSeconds
    return Double(try await transactions(from: first, through: height())) / elapsed
  }

  private func transactions(from first: Int, through last: Int) async throws -> Int {
    var count = 0
    for height in stride(from: first, through: last, by: 1) {
      let answer = try await ask("block?height=\(height)")
      let block = answer["block"] as? [String: Any]
      let data = block?["data"] as? [String: Any]
      count += (data?["txs"] as? [Any])?.count ?? 0
    }
    return count
  }
}

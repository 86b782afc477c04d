internal import Foundation

extension Row {
  static let coldStart = Row(
    "cold.start", "time from the start of a node with all accounts to its first answer, the files being warm"
  ) { setting in
    let node = try RelayNode(await Accounts(setting.accounts), relay: setting.relay)
    let clock = ContinuousClock()
    var start = clock.now
    var server = try await node.start()
    let first = (clock.now - start).inSeconds
    server.stop()
    let bytes = Double(node.home.bytes(of: "chain")) / Double(setting.accounts)
    start = clock.now
    server = try await node.start()
    defer { server.stop() }
    let second = (clock.now - start).inSeconds
    return [
      Reading("cold.start", second, .seconds),
      Reading("cold.start.genesis", first, .seconds),
      Reading("cold.start.memory", try ProcessUsage(of: server.identifier).peakMebibytes, .mebibytes),
      Reading("state.bytesPerAccount", bytes, .bytes)
    ]
  }

  static let instantLatency = Row(
    "instant.latency", "one client, from submission to commit, in a node that makes blocks at once", peers: [.disk]
  ) { setting in
    let population = await Accounts(1_000)
    let node = try RelayNode(population, relay: setting.relay)
    let server = try await node.start(pace: "instant")
    defer { server.stop() }
    let corpus = await Signing(chain: RelayNode.chain, start: .now()).corpus(
      1_000, ofTransfers: 1, among: population, rate: 100)
    let clock = ContinuousClock()
    var times: [Double] = []
    for transaction in corpus {
      let start = clock.now
      let (status, answer) = try await node.post("/v1/transactions?wait=true", transaction)
      times.append((clock.now - start).inSeconds * 1000)
      guard status == 200 else { throw ProgramFailed(status: status, answer) }
    }
    return [
      Reading("instant.latency", times.percentile(0.5) ?? 0, .milliseconds),
      Reading("instant.latency.p99", times.percentile(0.99) ?? 0, .milliseconds)
    ]
  }
}

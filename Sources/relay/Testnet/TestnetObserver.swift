internal import Client
internal import CometEngine
internal import Encoding
internal import LedgerKit
internal import Operations
internal import Staking

/// Asks all nodes of a test network how they are.
struct TestnetObserver: Sendable {
  private static let timeout = Duration.seconds(2)
  let processes: [ValidatorProcesses]
  let ports: TestnetPorts

  /// One entry for each validator, in their order.
  func look() async -> [ValidatorStatus] {
    var found: [ValidatorStatus] = []
    for process in processes { found.append(await start(process)) }
    await withTaskGroup(of: (Int, ValidatorStatus).self) { group in
      for (index, status) in found.enumerated() {
        group.addTask { (index, await ask(processes[index].validator, status)) }
      }
      for await (index, status) in group { found[index] = status }
    }
    return await addStakes(to: found)
  }

  private func start(_ processes: ValidatorProcesses) async -> ValidatorStatus {
    let running = [("relay", await processes.relay), ("cometbft", await processes.comet)]
    return ValidatorStatus(
      name: processes.validator.name, restarts: await processes.restarts, note: await processes.note,
      processes: running.compactMap { name, process in process.map { (name, $0.identifier) } })
  }

  private func ask(_ validator: TestnetValidator, _ former: ValidatorStatus) async -> ValidatorStatus {
    let rpc = CometRPC(url: "http://127.0.0.1:\(ports.rpc(validator))")
    async let chain = client(of: validator).chain()
    async let network = rpc.ask("net_info", timeout: Self.timeout)
    async let consensus = rpc.ask("consensus_state", timeout: Self.timeout)
    var status = former
    status.head = try? await chain.head
    status.peers = (try? await network)?["n_peers"]?.text.flatMap { Int($0) }
    status.round = (try? await consensus)?["round_state"]?["height/round/step"]?.text
    return status
  }

  private func client(of validator: TestnetValidator) -> RelayClient {
    RelayClient(url: "http://127.0.0.1:\(ports.http(validator))", chain: TestnetGenesis.chain, timeout: Self.timeout)
  }

  /// Adds what the ledger of the furthest node says.
  private func addStakes(to statuses: [ValidatorStatus]) async -> [ValidatorStatus] {
    let heights = statuses.map { $0.head?.height ?? 0 }
    guard let furthest = heights.indices.max(by: { heights[$0] < heights[$1] }), heights[furthest] > 0 else {
      return statuses
    }
    let client = client(of: processes[furthest].validator)
    let entries = (try? await client.ask(ValidatorsOf(limit: 100)).validators) ?? []
    var added = statuses
    for (index, status) in statuses.enumerated() {
      guard let entry = entries.first(where: { $0.validator.name == status.name }) else { continue }
      added[index].entry = entry
      added[index].missed = (try? await client.ask(SigningRecordOf(validator: entry.account)))?.missed
    }
    return added
  }
}

extension JSON {
  /// The text of a string.
  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }
}

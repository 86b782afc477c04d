import Client
import Cryptography
import Encoding
import LedgerKit
import Market
import Money
import Operations
import Testing

/// Somebody who submits transfers to a node, batch after batch, as long as the task lives.
struct CometLoad: Sendable {
  private static let batchLength = 20

  let client: RelayClient
  let key: PrivateKey
  let other: PrivateKey

  /// The entries of all answers; none may be refused, and each must have its block in time.
  func run() async throws -> [BatchEntry] {
    var entries: [BatchEntry] = []
    while !Task.isCancelled {
      let batch = TransactionBatch(
        try (1...Self.batchLength).map { _ in
          try TestNetwork.transfer(.random(in: 1...100), from: key, to: other, on: "testnet")
        })
      do { entries += try await client.submit(batch: batch, waitMilliseconds: 20_000) } catch {
        guard Task.isCancelled else { throw error }
      }
    }
    return entries
  }
}

extension CometNetwork {
  /// Calls `body` while transfers are submitted to `nodes`, and asserts that each took effect.
  ///
  /// - Returns: the entries of what was submitted.
  @discardableResult
  func withLoad(on nodes: [CometNode], _ body: () async throws -> Void) async throws -> [BatchEntry] {
    let loads = nodes.enumerated().map { index, node in
      CometLoad(
        client: node.client, key: index.isMultiple(of: 2) ? agent : provider,
        other: index.isMultiple(of: 2) ? provider : agent)
    }
    let entries = try await withThrowingTaskGroup(of: [BatchEntry].self) { group in
      for load in loads { group.addTask { try await load.run() } }
      try await body()
      group.cancelAll()
      return try await group.reduce(into: []) { $0 += $1 }
    }
    let failures = entries.filter { $0.height == nil || $0.rejection != nil }
    #expect(failures.isEmpty, "\(failures.count) of \(entries.count): \(failures.first.map { "\($0.json)" } ?? "")")
    #expect(!entries.isEmpty, "there was a load")
    return entries
  }

  /// An offer of the provider for small jobs.
  func listOffer() async throws -> Identifier {
    let listing = ListOffer(
      title: "a machine", resources: Resources(processors: 1, memoryMebibytes: 256, diskMebibytes: 0),
      pricePerSecond: Amount(nano: 10_000_000), capacity: 100, bond: Amount(nano: Amount.unitsPerToken))
    return .created(by: try await nodes[0].client.perform(listing, as: provider).result.id, operation: 0)
  }

  /// One deal from order to settlement, each step by another node.
  func deal(_ number: Int, from offer: Identifier) async throws {
    let clients = (0..<4).map { nodes[(number + $0) % 4].client }
    let order = PlaceOrder(
      offer: offer, job: Digest(of: Array("job \(number)".utf8)), budget: Amount(nano: 600_000_000),
      deliverWithinSeconds: 120, reviewWithinSeconds: 120)
    let placed = try await clients[0].perform(order, as: agent)
    let deal = Identifier.created(by: placed.result.id, operation: 0)
    try await follow(clients[1], placed)
    let accepted = try await clients[1].perform(AcceptOrder(deal: deal), as: provider)
    try await follow(clients[2], accepted)
    // The ledger pays for no more time than has passed.
    let submission = SubmitResult(deal: deal, result: Digest(of: [1]), usageMilliseconds: 1)
    let submitted = try await clients[2].perform(submission, as: provider)
    try await follow(clients[3], submitted)
    let settled = try await clients[3].perform(AcceptResult(deal: deal), as: agent)
    try await follow(clients[0], settled)
    #expect(try await clients[0].ask(DealOf(deal: deal)).state == .completed)
  }

  /// Waits until a node has the block of what another one committed.
  func follow(_ client: RelayClient, _ outcome: Outcome) async throws {
    try await nodes[0].until("\(client.url) follows") { try await client.chain().head.height >= outcome.height }
  }
}

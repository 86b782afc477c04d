import AsyncHTTPClient
import ContentStore
import Cryptography
import Encoding
import Engine
import Foundation
import HTTPSurface
import LedgerKit
import Logging
import Money
import NIOCore
import Node
import Operations
import PrometheusMetrics
import ServiceLifecycle
import SoloEngine

/// A node on a devnet with its HTTP surface on a free port, as tests use it.
struct Relay: Sendable {
  let node: Node
  let key: PrivateKey
  let port: Int
  let services: ServiceGroup

  var owner: Address { Address(key.publicKey) }

  struct Options: Sendable {
    var surface = HTTPSurface.Configuration()
    var content = ContentStore.Limits.standard
    var mempool = MempoolLimits()
    var isSequencing = true
    var history: @Sendable (Node) -> any History = { ReplayedHistory(node: $0) }
  }

  /// Runs `body` against a relay in a folder of its own, and shuts it down.
  static func run(
    _ options: Options = Options(), _ body: @escaping @Sendable (Relay) async throws -> Void
  ) async throws {
    let home = FileManager.default.temporaryDirectory.appending(path: "http-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: home, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: home) }
    let key = PrivateKey()
    let metrics = PrometheusMetrics()
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    var nodeConfiguration = Node.Configuration(
      home: home.path, content: options.content, metrics: metrics)
    nodeConfiguration.mempool = options.mempool
    let node = try Node(nodeConfiguration, genesis: try genesis(key), key: key, pace: .instant, logger: logger)
    var configuration = options.surface
    configuration.port = 0
    let surface = try HTTPSurface(
      node: node, history: options.history(node), configuration: configuration, metrics: metrics,
      metricsText: { metrics.text })
    let (ports, running) = AsyncStream<Int>.makeStream()
    let application = surface.application(logger: logger) { running.yield($0) }
    let engine = options.isSequencing ? node.services : []
    let services = ServiceGroup(services: engine + [application], logger: logger)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await services.run() }
      guard let port = await ports.first(where: { _ in true }) else { throw CancellationError() }
      let relay = Relay(node: node, key: key, port: port, services: services)
      do { try await body(relay) } catch {
        await services.triggerGracefulShutdown()
        throw error
      }
      await services.triggerGracefulShutdown()
      try await group.waitForAll()
    }
  }

  private static func genesis(_ key: PrivateKey) throws -> Genesis {
    let money = MoneyGenesis(
      accounts: [GenesisAccount(address: Address(key.publicKey), balance: Amount(nano: 1_000_000_000_000))])
    guard let section = GenesisSection(money) else { throw FieldError("no section") }
    return Genesis(
      chain: "test-chain", policy: .devnet, time: Timestamp(milliseconds: 1_700_000_000_000), sequencer: key.publicKey,
      parameters: .standard, sections: [section])
  }
}

/// The history read from the node's blocks: slow, and right.
struct ReplayedHistory: History {
  let node: Node

  func transaction(_ id: Digest) async throws -> CommittedTransaction? {
    for height in 0...node.head.height {
      guard let block = try node.block(at: height), let results = try node.results(at: height) else { continue }
      guard let position = results.transactions.firstIndex(where: { $0.id == id }) else { continue }
      let envelope = try Envelope(encoded: block.transactions[position].array, unions: node.ledger.unions)
      let outcome = Outcome(height: height, position: UInt32(position), result: results.transactions[position])
      return CommittedTransaction(time: block.header.time, envelope: envelope, outcome: outcome)
    }
    return nil
  }

  func events(of account: Address, kind: String?, before: EventCursor?, limit: Int) async throws -> EventPage {
    var events: [CommittedEvent] = []
    for height in 0...node.head.height {
      guard let block = try node.block(at: height), let results = try node.results(at: height) else { continue }
      events += results.committedEvents(at: block.header)
    }
    let found = events.reversed().filter { event in
      event.event.accounts.contains(account) && before.map { event.cursor < $0 } ?? true
        && kind.map { $0 == type(of: event.event.event).jsonName } ?? true
    }
    let page = Array(found.prefix(limit))
    return EventPage(events: page, next: found.count > limit ? page.last?.cursor.text : nil)
  }
}

internal import CometEngine
internal import Cryptography
internal import Encoding
internal import Foundation
internal import HTTPSurface
internal import LedgerKit
internal import Logging
internal import Metrics
internal import NIOCore
internal import Node
internal import PrometheusMetrics
internal import ServiceLifecycle
internal import SoloEngine
internal import UnixSignals

/// A node and its HTTP surface, running until they are asked to stop.
struct RelayServer: Sendable {
  /// What orders the node's transactions.
  enum Engine: Sendable {
    /// This process alone.
    case solo(key: PrivateKey, pace: SoloEngine.Pace)
    /// Validators, through CometBFT.
    case comet(CometEngine.Configuration)
  }

  let home: NodeHome
  let engine: Engine
  let host: String
  let port: Int
  let logger: Logger
  /// Changes how the node works.
  var adjust: @Sendable (inout Node.Configuration) -> Void = { _ in }

  /// Serves until SIGINT or SIGTERM, or until `guest` ends when `endsWithGuest`.
  ///
  /// - Parameter guest: what runs beside the node, once it takes requests.
  func run(endsWithGuest: Bool = false, guest: @escaping @Sendable () async throws -> Void = {}) async throws {
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    var configuration = Node.Configuration(home: home.folder)
    adjust(&configuration)
    let genesis = try home.genesis()
    switch engine {
    case .solo(let key, let pace):
      let node = try Node(configuration, genesis: genesis, key: key, pace: pace, logger: logger)
      let visitor = Guest(endsServer: endsWithGuest, visit: guest)
      try await serve(try services(of: node, node.services, metrics, visitor))
    case .comet(let comet):
      let newcomer = try Newcomer(configuration, genesis: genesis, logger: logger)
      let engine = try await newcomer.join(comet)
      let late = LateNode(newcomer: newcomer) { node in
        try services(of: node, node.feeds, metrics, Guest(visit: guest))
      }
      do { try await serve([.init(service: engine), .init(service: late)]) } catch {
        await newcomer.close()
        throw error
      }
      await newcomer.close()
    }
  }

  private typealias Configuration = ServiceGroupConfiguration.ServiceConfiguration

  /// The services of the node, and what serves its answers; a group stops the last one first.
  private func services(
    of node: Node, _ own: [any Service], _ metrics: PrometheusMetrics, _ guest: Guest
  ) throws -> [Configuration] {
    var configuration = HTTPSurface.Configuration()
    configuration.host = host
    configuration.port = port
    let surface = try HTTPSurface(node: node, history: node, configuration: configuration) { metrics.text }
    let (running, started) = AsyncStream<Void>.makeStream()
    let server = surface.application(logger: logger) { _ in started.finish() }
    let end: Configuration.TerminationBehavior = guest.endsServer ? .gracefullyShutdownGroup : .ignore
    let visitor = Visit(running: running, visit: guest.visit)
    return own.map { Configuration(service: $0) } + [
      .init(service: server),
      .init(service: visitor, successTerminationBehavior: end, failureTerminationBehavior: .gracefullyShutdownGroup)
    ]
  }

  private func serve(_ services: [Configuration]) async throws {
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigint, .sigterm], logger: logger)
    // A node that cannot store a block must end, whoever still waits for an answer.
    configuration.maximumGracefulShutdownDuration = .seconds(20)
    do { try await ServiceGroup(configuration: configuration).run() } catch let error as IOError
      where error.errnoCode == EADDRINUSE
    {
      throw Failure("port \(port) of \(host) is in use; choose another with --port")
    }
  }

  /// What runs beside the node, and whether all ends with it.
  private struct Guest {
    var endsServer = false
    let visit: @Sendable () async throws -> Void
  }

  /// The visit of a guest, once the node takes requests.
  private struct Visit: Service {
    let running: AsyncStream<Void>
    let visit: @Sendable () async throws -> Void

    func run() async throws {
      try await cancelWhenGracefulShutdown {
        for await _ in running {}
        // The stream also ends when the surface fails to start and takes this task with it.
        try Task.checkCancellation()
        try await visit()
      }
    }
  }

  /// The services of a node that opens when it knows how its chain begins.
  private struct LateNode: Service {
    let newcomer: Newcomer
    let services: @Sendable (Node) throws -> [Configuration]

    func run() async throws {
      guard let node = await cancelWhenGracefulShutdown({ await newcomer.opened() }) else { return }
      let group = ServiceGroup(
        configuration: ServiceGroupConfiguration(services: try services(node), logger: Logger(label: "relay")))
      try await group.run()
    }
  }
}

extension Logger {
  /// Logs to the error stream, which leaves the output to the program's answer.
  static func standard(_ label: String, level: Level) -> Logger {
    var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }
}

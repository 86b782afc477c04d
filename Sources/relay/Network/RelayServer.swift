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
struct RelayServer {
  private let node: Node
  private let surface: HTTPSurface
  private let logger: Logger
  private let host: String
  private let port: Int

  /// - Parameter adjust: changes how the node works.
  init(
    home: NodeHome, key: PrivateKey, pace: SoloEngine.Pace, host: String, port: Int, logger: Logger,
    adjust: (inout Node.Configuration) -> Void = { _ in }
  ) throws {
    let metrics = PrometheusMetrics()
    MetricsSystem.bootstrap(metrics)
    var nodeConfiguration = Node.Configuration(home: home.folder, pace: pace)
    adjust(&nodeConfiguration)
    node = try Node(nodeConfiguration, genesis: try home.genesis(), key: key, logger: logger)
    var configuration = HTTPSurface.Configuration()
    configuration.host = host
    configuration.port = port
    surface = try HTTPSurface(node: node, history: node, configuration: configuration) { metrics.text }
    self.logger = logger
    self.host = host
    self.port = port
  }

  /// Serves until SIGINT or SIGTERM, or until `guest` ends when `endsWithGuest`.
  ///
  /// - Parameter guest: what runs beside the node, once it takes requests.
  func run(endsWithGuest: Bool = false, guest: @escaping @Sendable () async throws -> Void = {}) async throws {
    let (running, started) = AsyncStream<Void>.makeStream()
    let server = surface.application(logger: logger) { _ in started.finish() }
    let visitor = Guest(running: running, visit: guest)
    let end: ServiceGroupConfiguration.ServiceConfiguration.TerminationBehavior =
      endsWithGuest ? .gracefullyShutdownGroup : .ignore
    let services =
      node.services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) } + [
        .init(service: server),
        .init(service: visitor, successTerminationBehavior: end, failureTerminationBehavior: .gracefullyShutdownGroup)
      ]
    var configuration = ServiceGroupConfiguration(
      services: services, gracefulShutdownSignals: [.sigint, .sigterm], logger: logger)
    // A node that cannot store a block must end, whoever still waits for an answer.
    configuration.maximumGracefulShutdownDuration = .seconds(20)
    let group = ServiceGroup(configuration: configuration)
    do { try await group.run() } catch let error as IOError where error.errnoCode == EADDRINUSE {
      throw Failure("port \(port) of \(host) is in use; choose another with --port")
    }
  }

  /// What runs beside the node.
  private struct Guest: Service {
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
}

extension Logger {
  /// Logs to the error stream, which leaves the output to the program's answer.
  static func standard(_ label: String, level: Level) -> Logger {
    var logger = Logger(label: label) { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = level
    return logger
  }
}

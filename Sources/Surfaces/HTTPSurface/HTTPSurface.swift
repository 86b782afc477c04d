internal import Encoding
internal import Engine
public import Hummingbird
internal import LedgerKit
public import Logging
public import Metrics
public import Node
internal import Operations

/// A node's HTTP interface: every operation of its ledger as a route, and the routes that every node has.
///
/// It knows no domain: routes, parameters and schemas all come from `ledger.operations`.
public struct HTTPSurface: Sendable {
  /// Where the surface listens, and how much it takes on.
  public struct Configuration: Sendable {
    /// Host name or address to listen on; nobody but this machine can reach the standard one.
    public var host = "127.0.0.1"
    /// Port to listen on; 0 for any free one.
    public var port = 8080
    /// Longest that a submission waits for its block.
    public var waitLimit = Duration.seconds(30)
    /// Event streams at the same time.
    public var streamLimit = 256
    /// Time without an event after which a stream shows that it lives.
    public var heartbeat = Duration.seconds(15)
    /// Time between two removals of expired blobs.
    public var sweepPeriod = Duration.seconds(300)

    public init() {}
  }

  let node: Node
  let history: any History
  let configuration: Configuration
  let metrics: any MetricsFactory
  /// The text of all metrics, as `GET /metrics` gives it.
  let metricsText: @Sendable () -> String
  let idempotency = IdempotencyStore()
  let streams: StreamSlots
  let endpoints: [Endpoint]
  let document: String

  /// - Parameters:
  ///   - history: the index that answers for what was committed.
  ///   - metrics: where counts of requests go.
  ///   - metricsText: what `GET /metrics` answers.
  public init(
    node: Node, history: any History, configuration: Configuration = Configuration(),
    metrics: any MetricsFactory = MetricsSystem.factory, metricsText: @escaping @Sendable () -> String
  ) throws {
    self.node = node
    self.history = history
    self.configuration = configuration
    self.metrics = metrics
    self.metricsText = metricsText
    streams = StreamSlots(configuration.streamLimit)
    endpoints = node.ledger.endpoints(
      node: NodeReason.allCases.map { Refusal($0, of: NodeReason.module, status: $0.status) })
    document = try OpenAPI(endpoints, unions: node.ledger.unions).document().description
  }

  /// The service that listens.
  ///
  /// - Parameter onRunning: called with the port once requests are taken.
  public func application(
    logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
  ) -> some ApplicationProtocol {
    Application(
      responder: Responder(self, logger),
      configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
      services: [ContentSweep(content: node.content, period: configuration.sweepPeriod, logger: logger)],
      onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) }, logger: logger)
  }
}

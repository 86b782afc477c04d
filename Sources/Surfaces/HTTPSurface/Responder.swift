internal import Hummingbird
internal import Logging
internal import Metrics
internal import Operations

/// Finds the route of each request, hands it over, and turns whatever goes wrong into a problem.
struct Responder: HTTPResponder {
  typealias Context = BasicRequestContext

  private let routes: RouteTable
  private let handlers: [String: Handler]
  private let metrics: any MetricsFactory
  private let logger: Logger

  init(_ surface: HTTPSurface, _ logger: Logger) {
    routes = RouteTable(surface.endpoints)
    handlers = surface.handlers
    metrics = surface.metrics
    self.logger = logger
  }

  func respond(to request: Request, context: Context) async -> Response {
    let clock = ContinuousClock()
    let start = clock.now
    let found = routes.find(request)
    let response = await answer(request, found)
    count(response, of: found, took: clock.now - start)
    return request.method == .head ? response.createHeadResponse() : response
  }

  private func answer(_ request: Request, _ found: RouteTable.Match) async -> Response {
    do {
      let call = try Call(request, found)
      guard let handler = handlers[call.endpoint.id] else { throw Refused(404, "no such route") }
      return try await handler(call)
    } catch {
      let refused = Refused(error, whenAsking: found.endpoint?.operation?.isQuery == true)
      if refused.problem.status == 500 { logger.error("request failed", metadata: ["error": "\(error)"]) }
      return Response(refused)
    }
  }

  /// Counts by the route's template, so that there are no more series than routes and statuses.
  private func count(_ response: Response, of found: RouteTable.Match, took duration: Duration) {
    let route = found.endpoint.map { "\($0.method.rawValue) \($0.path)" } ?? "none"
    let status = "\(response.status.code)"
    Counter(
      label: "relay_http_requests_total", dimensions: [("route", route), ("status", status)], factory: metrics
    ).increment()
    Metrics.Timer(label: "relay_http_request_duration_seconds", dimensions: [("route", route)], factory: metrics)
      .record(duration: duration)
  }
}

/// What answers one route.
typealias Handler = @Sendable (Call) async throws -> Response

extension NamedOperation {
  var isQuery: Bool { if case .query = kind { true } else { false } }
}

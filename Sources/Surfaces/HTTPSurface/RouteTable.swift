internal import Hummingbird
internal import Operations

/// Finds the route for a method and a path.
struct RouteTable: Sendable {
  /// What a request was found to be for.
  enum Match {
    case endpoint(Endpoint, [String: Substring])
    /// The path is known with these methods only.
    case otherMethods([String])
    case none

    var endpoint: Endpoint? { if case .endpoint(let endpoint, _) = self { endpoint } else { nil } }
  }

  private let routes: [(segments: [Substring], endpoint: Endpoint)]

  /// Routes with fewer parameters come first, so that `/v1/transactions/check` is not taken for an id.
  init(_ endpoints: [Endpoint]) {
    routes = endpoints.map { (Self.segments(of: $0.path), $0) }
      .sorted { one, other in Self.variables(one.segments) < Self.variables(other.segments) }
  }

  /// A route for GET answers HEAD too, unless another one does.
  func find(_ request: Request) -> Match {
    let path = Self.segments(of: request.uri.path)
    let matches = routes.compactMap { route in
      Self.match(route.segments, path).map { (endpoint: route.endpoint, values: $0) }
    }
    let methods = request.method == .head ? ["HEAD", "GET"] : [request.method.rawValue]
    for method in methods {
      if let match = matches.first(where: { $0.endpoint.method.rawValue == method }) {
        return .endpoint(match.endpoint, match.values)
      }
    }
    let known = Set(matches.flatMap { Self.methods(of: $0.endpoint) })
    return known.isEmpty ? .none : .otherMethods(known.sorted())
  }

  private static func methods(of endpoint: Endpoint) -> [String] {
    endpoint.method == .get ? ["GET", "HEAD"] : [endpoint.method.rawValue]
  }

  private static func segments(of path: String) -> [Substring] {
    path.split(separator: "/", omittingEmptySubsequences: false)
  }

  private static func variables(_ segments: [Substring]) -> Int { segments.count { $0.hasPrefix("{") } }

  /// The values of the template's parameters, or `nil` when the path is another.
  private static func match(_ template: [Substring], _ path: [Substring]) -> [String: Substring]? {
    guard template.count == path.count else { return nil }
    var values: [String: Substring] = [:]
    for (part, value) in zip(template, path) {
      if part.hasPrefix("{"), !value.isEmpty {
        values[String(part.dropFirst().dropLast())] = value
      } else if part != value {
        return nil
      }
    }
    return values
  }
}

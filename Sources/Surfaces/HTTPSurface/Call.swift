internal import Encoding
internal import HTTPTypes
internal import Hummingbird
internal import Operations

/// One request with what its route says about it: parameters are known and given once, media types fit.
struct Call: Sendable {
  let request: Request
  let endpoint: Endpoint
  private let path: [String: String]
  private let query: [String: String]

  init(_ request: Request, _ match: RouteTable.Match) throws {
    switch match {
    case .none: throw Refused(404, "there is no route \(request.uri.path); see /openapi.json")
    case .otherMethods(let methods):
      throw Refused(
        405, "\(request.uri.path) takes \(methods.joined(separator: ", "))",
        headers: [.allow: methods.joined(separator: ", ")])
    case .endpoint(let endpoint, let values):
      self.request = request
      self.endpoint = endpoint
      path = try values.mapValues { value throws(FieldError) in try QueryText.decode(value, isQuery: false) }
      query = try QueryText.parameters(request.uri.query ?? "", of: endpoint)
    }
    try requireAcceptable()
    try requireKnownContent()
  }

  /// The text of a parameter, wherever the route has it.
  func text(_ name: String) -> Substring? { (path[name] ?? query[name]).map { $0[...] } }

  func value<V: Value>(_ name: String, as type: V.Type = V.self) throws(FieldError) -> V? {
    guard let text = text(name) else { return nil }
    do { return try V(text: text) } catch { throw error.within(name) }
  }

  func required<V: Value>(_ name: String, as type: V.Type = V.self) throws(FieldError) -> V {
    guard let value = try value(name, as: type) else { throw FieldError("the parameter is required", path: [name]) }
    return value
  }
}

extension Call {
  private var offered: [String] {
    endpoint.answers.filter { $0.status < 300 }.flatMap { $0.content?.mediaTypes ?? [] }
  }

  private var accepted: [MediaRange] {
    request.headers[values: .accept].flatMap { $0.split(separator: ",") }.map(MediaRange.init)
  }

  private func requireAcceptable() throws {
    let (offered, accepted) = (offered, accepted)
    guard !accepted.isEmpty, !offered.isEmpty else { return }
    guard accepted.contains(where: { range in offered.contains(where: range.includes) }) else {
      throw Refused(406, "the route answers with \(offered.joined(separator: ", "))")
    }
  }

  /// The media type to answer with: the first that the client names of those that the route makes, or JSON.
  var answerType: String {
    let offered = offered
    return accepted.lazy.compactMap { range in offered.first(where: range.includes) }.first ?? MediaType.json
  }

  private func requireKnownContent() throws {
    guard let body = endpoint.body, let given = request.headers[.contentType] else { return }
    let isKnown = body.mediaTypes.contains { $0 == MediaType.any || $0 == MediaRange(given[...]).type }
    guard isKnown else {
      throw Refused(415, "the route takes \(body.mediaTypes.joined(separator: ", ")), not \(given)")
    }
  }

  /// Whether the body is a protobuf message rather than JSON.
  var isProtobuf: Bool {
    request.headers[.contentType].map { MediaType.protobuf.contains(MediaRange($0[...]).type) } ?? false
  }
}

/// A media type, or a range of them, without its parameters.
struct MediaRange {
  let type: String

  init(_ text: Substring) {
    let type = text.prefix { $0 != ";" }
    self.type = String(type.filter { !$0.isWhitespace }).lowercased()
  }

  func includes(_ other: String) -> Bool {
    type == MediaType.any || type == other
      || type.hasSuffix("/*") && other.hasPrefix(type.dropLast())
  }
}

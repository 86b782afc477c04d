internal import Encoding

extension Endpoint {
  /// - Parameters:
  ///   - success: the answers that are not problems.
  ///   - problems: problems of its own; those that any route has are added.
  ///   - isIdempotent: whether it takes an `Idempotency-Key`.
  init(
    _ id: String, _ method: Method, _ path: String, tag: String, _ doc: String, parameters: [Parameter] = [],
    body: Content? = nil, success: [Answer], problems: [Answer] = [], refusals: [Refusal] = [],
    isIdempotent: Bool = false, operation: NamedOperation? = nil
  ) {
    self.id = id
    self.method = method
    self.path = path
    self.tag = tag
    self.doc = doc
    self.parameters = parameters + (isIdempotent ? [Self.idempotencyKey] : [])
    self.body = body
    self.refusals = refusals
    self.operation = operation
    answers =
      success
      + Self.merged(
        problems + Self.common + (body == nil ? [] : Self.ofBodies) + (isIdempotent ? Self.ofIdempotency : []))
  }

  private static let common: [Answer] = [
    .problem(400, "A parameter or the body is malformed, unknown or repeated; `detail` names it."),
    .problem(406, "The `Accept` header takes nothing that the route makes."),
    .problem(500, "The node failed; its log has the cause.")
  ]

  private static let ofBodies: [Answer] = [
    .problem(413, "The body is larger than the route takes."),
    .problem(415, "The route does not take the `Content-Type`.")
  ]

  private static let idempotencyKey = Parameter(
    .header, "Idempotency-Key",
    .scalar(Shape.Scalar(proto: "string", format: "key", pattern: #"^"?[!#-~]{1,255}"?$"#, example: "\"8e03978e\"")),
    "Makes a repetition safe: the first result is replayed, with `Idempotency-Replayed: true`.")

  private static let ofIdempotency: [Answer] = [
    .problem(409, "The first request with the same `Idempotency-Key` is still under way."),
    .problem(422, "The `Idempotency-Key` was used with another request.")
  ]

  /// One answer for each status, with everything it may mean.
  private static func merged(_ answers: [Answer]) -> [Answer] {
    Set(answers.map(\.status)).sorted().compactMap { status in
      let same = answers.filter { $0.status == status }
      return same.first.map { Answer(status, same.map(\.doc).joined(separator: " "), $0.content) }
    }
  }

  /// One problem for each status of `refusals`, which lists their names and codes.
  static func problems(_ refusals: [Refusal], _ status: (Refusal) -> UInt32) -> [Answer] {
    refusals.map { .problem(status($0), "`\($0.module).\($0.reason)` (\($0.code)): \($0.doc)") }
  }
}

internal import Cryptography
internal import HTTPTypes
internal import Hummingbird
internal import Operations

extension HTTPSurface {
  /// Runs `handler` once for each `Idempotency-Key` and body, and replays its result after that.
  func idempotent(_ handler: @escaping @Sendable (Call, [UInt8]) async throws -> Reply) -> Handler {
    { call in
      let body = try await call.body()
      guard let key = try call.idempotencyKey else { return Response(try await handler(call, body)) }
      let fingerprint = Digest(of: Array(call.request.uri.string.utf8), [0], body)
      if let kept = try idempotency.begin(key, fingerprint) { return Response(replaying: kept) }
      do {
        let reply = try await handler(call, body)
        idempotency.end(key, reply)
        return Response(reply)
      } catch {
        let reply = Reply(Refused(error, whenAsking: false))
        idempotency.end(key, reply.isLasting ? reply : nil)
        throw error
      }
    }
  }
}

extension Call {
  /// The key of the request with its route, since routes do not share keys.
  fileprivate var idempotencyKey: String? {
    get throws {
      guard let name = HTTPField.Name("Idempotency-Key") else { return nil }
      let given = request.headers[values: name]
      guard let text = given.first else { return nil }
      let isQuoted = text.utf8.count > 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
      let key = isQuoted ? text.dropFirst().dropLast() : text[...]
      let isVisible = key.utf8.allSatisfy { 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "\"") }
      guard given.count == 1, isVisible, 1...255 ~= key.utf8.count else {
        throw Refused(400, "Idempotency-Key: expected one key of 1 to 255 visible ASCII characters, in quotes")
      }
      return "\(endpoint.id) \(key)"
    }
  }
}

extension Response {
  fileprivate init(replaying kept: Reply) {
    self.init(kept)
    if let name = HTTPField.Name("Idempotency-Replayed") { headers[name] = "true" }
  }
}

extension Reply {
  /// Whether it is worth keeping: what passes with time is not, so that a repetition may succeed.
  fileprivate var isLasting: Bool { status != .tooManyRequests && status.kind != .serverError }
}

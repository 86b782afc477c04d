import Cryptography
import NIOHTTP1
import Operations
import Testing

@Suite struct ConventionTests {
  @Test func unknownRoutesAndMethodsAreProblems() async throws {
    try await Relay.run { relay in
      for path in ["/", "/v1", "/v1/money/nothing", "/v1/money/transfer/", "//health"] {
        #expect(try await relay.get(path).problem.status == 404, "\(path)")
      }
      let allowed: [(HTTPMethod, String, String)] = [
        (.DELETE, "/health", "GET, HEAD"), (.GET, "/v1/transactions", "POST"), (.PUT, "/v1/money/transfer", "POST"),
        (.PUT, "/v1/transactions/check", "GET, HEAD, POST")
      ]
      for (method, path, methods) in allowed {
        let reply = try await relay.send(method, path)
        #expect(try reply.problem.status == 405 && reply.headers.first(name: "Allow") == methods, "\(method) \(path)")
      }
    }
  }

  @Test func headIsGetWithoutABody() async throws {
    try await Relay.run { relay in
      let reply = try await relay.send(.HEAD, "/health")
      #expect(reply.status == 200 && reply.body.isEmpty && reply.type == "application/json")
    }
  }

  @Test func mediaTypesMustFit() async throws {
    try await Relay.run { relay in
      for accept in ["application/json", "application/*", "text/html, */*;q=0.1", "application/json; charset=utf-8"] {
        #expect(try await relay.get("/health", ["Accept": accept]).status == 200, "\(accept)")
      }
      #expect(try await relay.get("/health", ["Accept": "text/html"]).problem.status == 406)
      let reply = try await relay.send(.POST, "/v1/transactions", [1], ["Content-Type": "text/plain"])
      #expect(try reply.problem.status == 415)
    }
  }

  @Test func badBodiesAreProblems() async throws {
    let deep = String(repeating: "[", count: 100)
    let cases: [(String, UInt32, String)] = [
      ("", 400, "byte 0"), ("{\"a\": nope}", 400, "byte 6"), (deep, 400, "64"), ("[]", 400, "object"),
      ("{\"colour\":1}", 400, "colour"), ("{}", 400, "required"),
      (String(repeating: " ", count: 1_048_577), 413, "1048576")
    ]
    try await Relay.run { relay in
      for path in ["/v1/transactions", "/v1/transactions/check", "/v1/transactions/prepare"] {
        for (body, status, word) in cases {
          let problem = try await relay.post(path, body).problem
          #expect(problem.status == status && problem.detail.contains(word), "\(path) \(body.prefix(20)): \(problem)")
        }
      }
    }
  }
}

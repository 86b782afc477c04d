import AsyncHTTPClient
import Cryptography
import Encoding
import LedgerKit
import Money
import NIOCore
import NIOHTTP1
import Node
import Operations

/// What came back.
struct Received: Sendable {
  let status: UInt
  let headers: HTTPHeaders
  let body: [UInt8]

  var type: String? { headers.first(name: "Content-Type") }
  var text: String { String(decoding: body, as: UTF8.self) }
  var json: JSON { get throws { try JSON(parsing: body) } }

  func read<R: Record>(_ type: R.Type, _ unions: Unions = .none) throws -> R { try R(json: json, unions: unions) }

  /// The problem, checked for its form.
  var problem: Problem {
    get throws {
      guard type == "application/problem+json" else { throw FieldError("not a problem: \(status) \(text)") }
      let problem = try read(Problem.self)
      guard !problem.title.isEmpty, problem.title != "Error" else { throw FieldError("no title: \(text)") }
      guard problem.status == status else {
        throw FieldError("status \(status), but the problem says \(problem.status)")
      }
      return problem
    }
  }
}

extension Relay {
  func request(_ method: HTTPMethod, _ path: String, _ headers: [String: String] = [:]) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
    request.method = method
    for (name, value) in headers { request.headers.add(name: name, value: value) }
    return request
  }

  func send(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, _ headers: [String: String] = [:]
  ) async throws -> Received {
    var request = request(method, path, headers)
    if let body { request.body = .bytes(body) }
    let response = try await HTTPClient.shared.execute(request, timeout: .seconds(60))
    let buffer = try await response.body.collect(upTo: 1 << 24)
    return Received(status: response.status.code, headers: response.headers, body: Array(buffer.readableBytesView))
  }

  func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Received {
    try await send(.GET, path, nil, headers)
  }

  func post(_ path: String, _ document: some Record, _ headers: [String: String] = [:]) async throws -> Received {
    try await post(path, document.json.description, headers)
  }

  func post(_ path: String, _ text: String, _ headers: [String: String] = [:]) async throws -> Received {
    try await send(
      .POST, path, Array(text.utf8), headers.merging(["Content-Type": "application/json"]) { given, _ in given })
  }
}

extension Relay {
  /// A signed transfer, prepared by the node.
  func transfer(_ amount: UInt64, to receiver: Address? = nil) async throws -> Envelope {
    let receiver = receiver ?? Address(module: "test/receiver")
    let reply = try await post(
      "/v1/money/transfer?sender=\(owner)", Transfer(to: receiver, amount: Amount(nano: amount)))
    let prepared = try reply.read(PreparedTransaction.self, node.ledger.unions)
    return Envelope(signing: prepared.body, with: key)
  }

  /// Commits a transfer, and gives its outcome.
  @discardableResult
  func pay(_ amount: UInt64, to receiver: Address? = nil) async throws -> Outcome {
    let reply = try await post("/v1/transactions?wait=true", try await transfer(amount, to: receiver))
    return try reply.read(Outcome.self, node.ledger.unions)
  }
}

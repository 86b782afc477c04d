public import Encoding
internal import LedgerKit

/// The OpenAPI 3.1 description of a node's routes.
public struct OpenAPI: Sendable {
  let unions: Unions
  private let endpoints: [Endpoint]

  public init(_ endpoints: [Endpoint], unions: Unions) {
    self.endpoints = endpoints
    self.unions = unions
  }

  public func document() throws(Definitions.Conflict) -> JSON {
    [
      "openapi": "3.1.0",
      "info": [
        "title": "Conductor Relay", "version": "1",
        "description":
          "A market and a ledger for autonomous agents. Every transaction and query of the ledger is a route."
      ],
      "tags": .array(tags.map { ["name": .string($0)] }),
      "paths": .object(paths),
      "components": ["schemas": .object(try schemas())],
      "x-rejections": .array(refusals.map(\.json))
    ]
  }

  private var tags: [String] {
    endpoints.map(\.tag).reduce(into: []) { tags, tag in if !tags.contains(tag) { tags.append(tag) } }
  }

  private var refusals: [Refusal] {
    endpoints.flatMap(\.refusals).reduce(into: []) { all, one in if !all.contains(one) { all.append(one) } }
  }

  private var paths: [JSON.Member] {
    var paths: [String] = []
    for endpoint in endpoints where !paths.contains(endpoint.path) { paths.append(endpoint.path) }
    return paths.map { path in
      let methods = endpoints.filter { $0.path == path }
      return JSON.Member(
        path, .object(methods.map { JSON.Member($0.method.rawValue.lowercased(), description(of: $0)) }))
    }
  }

  private func schemas() throws(Definitions.Conflict) -> [JSON.Member] {
    let contents = endpoints.flatMap { [$0.body] + $0.answers.map(\.content) }
    let shapes = contents.compactMap { $0?.shape } + endpoints.flatMap { $0.parameters.map(\.shape) }
    return try Definitions(reachableFrom: shapes, unions: unions).jsonSchemas()
  }
}

extension Refusal {
  fileprivate var json: JSON {
    [
      "module": .string(module), "code": .number(String(code)), "reason": .string(reason),
      "status": .number(String(status)), "description": .string(doc)
    ]
  }

  /// `money.insufficientFunds`
  var name: String { "\(module).\(reason)" }
}

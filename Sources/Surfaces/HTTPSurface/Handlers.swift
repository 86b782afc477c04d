internal import Encoding
internal import Hummingbird
internal import Operations

extension HTTPSurface {
  /// What answers each route, by the route's id.
  var handlers: [String: Handler] {
    var handlers: [String: Handler] = [
      "health": { _ in Response(await health) },
      "metrics": { _ in Response(Reply(text: metricsText(), type: "\(MediaType.metrics); version=0.0.4; charset=utf-8"))
      },
      "openapi": { _ in Response(Reply(text: document, type: MediaType.json)) },
      "chain": { _ in Response(await status) },
      "block": block,
      "blockResults": blockResults,
      "blockCertificate": blockCertificate,
      "submitTransaction": idempotent(submit),
      "submitTransactions": submitBatch,
      "checkTransaction": check,
      "prepareTransaction": idempotent(prepare),
      "transaction": transaction,
      "accountEvents": accountEvents,
      "events": events,
      "storeContent": storeContent,
      "readContent": readContent,
      "statContent": readContent
    ]
    for endpoint in endpoints {
      guard let operation = endpoint.operation else { continue }
      handlers[endpoint.id] = handler(of: operation)
    }
    return handlers
  }

  private func handler(of operation: NamedOperation) -> Handler {
    switch operation.kind {
    case .transaction(let type): idempotent { call, body in try prepare(type, call, body) }
    case .query(let type): { call in try await answer(type, call) }
    }
  }
}

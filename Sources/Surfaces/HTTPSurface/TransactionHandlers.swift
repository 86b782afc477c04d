internal import Encoding
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations

extension HTTPSurface {
  func submit(_ call: Call, _ body: [UInt8]) async throws -> Reply {
    let encoded = try envelope(call, body)
    guard try call.value("wait", as: Bool.self) == true else {
      return Reply(Submitted(id: try await node.submit(encoded)), status: .accepted)
    }
    let (id, outcome) = try await node.submit(encoded, waitingAtMost: configuration.waitLimit)
    return outcome.map { Reply($0) } ?? Reply(Submitted(id: id), status: .accepted)
  }

  func check(_ call: Call) async throws -> Response {
    let (transaction, events) = try await node.check(try envelope(call, try await call.body()))
    return Response(DryRun(fee: transaction.body.fee, events: events))
  }

  /// The canonical bytes of the envelope in the body, which the node checks.
  private func envelope(_ call: Call, _ body: [UInt8]) throws -> [UInt8] {
    call.isProtobuf ? body : try Envelope(json: JSON(parsing: body), unions: node.ledger.unions).encoded
  }

  func prepare(_ call: Call, _ body: [UInt8]) throws -> Reply {
    try prepare(Preparation(json: JSON(parsing: body), unions: node.ledger.unions))
  }

  /// Prepares a transaction of one operation, whose fields are the body.
  func prepare<T: Transaction>(_ type: T.Type, _ call: Call, _ body: [UInt8]) throws -> Reply {
    let operation = try T(json: JSON(parsing: body), unions: node.ledger.unions)
    return try prepare(
      Preparation(
        sender: call.required("sender"), operations: [Operation(operation)], fee: call.value("fee"),
        validSeconds: call.value("validSeconds"), nonce: call.value("nonce")))
  }

  private func prepare(_ preparation: Preparation) throws -> Reply {
    Reply(
      try preparation.completed(
        for: node.ledger, node.parameters, now: .now(), random: .random(),
        minimumFee: { (size) throws(Rejection) in try node.minimumFee(size: size) }))
  }
}

extension Nonce {
  /// Sixteen bytes from the system's source.
  fileprivate static func random() throws(FieldError) -> Nonce {
    var source = SystemRandomNumberGenerator()
    return try Nonce(validating: (0..<length).map { _ in UInt8.random(in: .min ... .max, using: &source) }[...])
  }
}

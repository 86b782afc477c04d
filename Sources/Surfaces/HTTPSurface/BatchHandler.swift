internal import Encoding
internal import Hummingbird
internal import LedgerKit
internal import Node
internal import Operations

extension HTTPSurface {
  /// Takes many transactions at once. Their ids make a repetition safe, so it needs no key for that.
  func submitBatch(_ call: Call) async throws -> Response {
    let wait = Duration.milliseconds(try call.value("wait", as: UInt32.self) ?? 0)
    let batch = try batch(call, try await call.body(upTo: TransactionBatch.maximumBytes))
    guard batch.transactions.count <= TransactionBatch.maximumCount else {
      throw Refused(
        413, "\(batch.transactions.count) transactions; a batch takes \(TransactionBatch.maximumCount) at the most")
    }
    let submissions = await node.submit(
      batch: batch.transactions.map(\.array), waitingAtMost: min(wait, configuration.waitLimit))
    return Response(Reply(BatchAnswer(entries: submissions.map(BatchEntry.init)), as: call.answerType))
  }

  private func batch(_ call: Call, _ body: [UInt8]) throws -> TransactionBatch {
    guard call.isProtobuf else { return try TransactionBatch(json: JSON(parsing: body)) }
    do { return try TransactionBatch(encoded: body) } catch {
      throw Refused(400, "the body is no canonical TransactionBatch: \(error)")
    }
  }
}

extension BatchEntry {
  init(_ submission: Submission) {
    switch submission {
    case .refused(let reason, let id): self.init(id: id, rejection: RejectionEntry(reason))
    case .waiting(let id): self.init(id: id)
    case .committed(let outcome):
      self.init(
        id: outcome.result.id, height: outcome.height, position: outcome.position, rejection: outcome.result.rejection)
    }
  }
}

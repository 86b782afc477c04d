internal import Encoding
public import LedgerKit

extension Ledger {
  /// Every HTTP route of a node.
  ///
  /// - Parameter node: reasons for which a node refuses what the ledger might take.
  public func endpoints(node: [Refusal]) -> [Endpoint] {
    let all = node + refusals
    let preparing = LedgerReason.whenPrepared.map { Refusal($0, of: LedgerReason.module, status: $0.status) }
    return Endpoint.ofChain + Endpoint.ofTransactions(all, whenPrepared: preparing) + Endpoint.ofHistory
      + Endpoint.ofContent + operations.map { Endpoint($0, preparing, refusals) }
  }
}

extension LedgerReason {
  /// The reasons for which a transaction cannot even be prepared.
  fileprivate static let whenPrepared: [LedgerReason] = [
    .overflow, .tooLarge, .noOperations, .windowInvalid, .forbiddenByPolicy
  ]
}

extension Endpoint {
  init(_ operation: NamedOperation, _ whenPrepared: [Refusal], _ all: [Refusal]) {
    let own = all.filter { $0.module == operation.module }
    switch operation.kind {
    case .transaction(let type):
      self.init(preparing: operation, type.shape, whenPrepared, own)
    case .query(let type):
      self.init(asking: operation, Self.answer(of: type), own + all.filter { $0.module == LedgerReason.module })
    }
  }

  /// The route that prepares a transaction of one operation.
  private init(preparing operation: NamedOperation, _ shape: Shape, _ refusals: [Refusal], _ later: [Refusal]) {
    self.init(
      operation.id, .post, operation.path, tag: operation.module,
      "\(operation.doc) Completes the transaction, and gives the bytes to sign.",
      parameters: Preparation.schema.structure.parts.filter { $0.name != "operations" }.map(Parameter.init),
      body: .json(shape), success: [Answer(200, "Ready to be signed.", .json(PreparedTransaction.shape))],
      problems: Self.problems(refusals, \.status), refusals: refusals + later, isIdempotent: true,
      operation: operation)
  }

  private init(asking operation: NamedOperation, _ answer: Shape, _ refusals: [Refusal]) {
    self.init(
      operation.id, .get, operation.path, tag: operation.module, operation.doc,
      parameters: operation.structure.parts.map(Parameter.init) + [proving],
      success: [Answer(200, "The answer, from the last committed state.", .json(answer))],
      problems: Self.problems(refusals) { Refusal.queryStatus($0.reason) }, refusals: refusals, operation: operation)
  }

  private static func answer<Q: Query>(of query: Q.Type) -> Shape { QueryAnswer<Q>.shape }
}

/// Asks for a proof; the name is taken, so no query has a field like it.
private let proving = Endpoint.Parameter(
  .query, "prove", Bool.shape, "Whether to prove the answer under a signed header.")

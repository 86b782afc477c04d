import Chain
import Encoding
import LedgerKit

/// Every record type of the chain, under its name.
enum RecordList {
  /// What blocks and documents are made of.
  private static let framework: [any Record.Type] = [
    Envelope.self, TransactionBody.self, SignatureEntry.self, Header.self, Block.self, BlockResults.self,
    TransactionResult.self, RejectionEntry.self, Genesis.self, ChainParameters.self
  ]

  static let all: [any Record.Type] = framework + Ledger.standardModules.flatMap { records(of: $0) }

  private static func records<M: Module>(of module: M.Type) -> [any Record.Type] {
    let answers = M.queries.map { answer(of: $0) }
    return [M.Genesis.self] + M.transactions.map { $0 as any Record.Type } + M.events.map { $0 as any Record.Type }
      + M.queries.map { $0 as any Record.Type } + answers
  }

  static func answer<Q: Query>(of query: Q.Type) -> any Record.Type { Q.Answer.self }
}

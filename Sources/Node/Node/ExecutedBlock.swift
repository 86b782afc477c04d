internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree

/// A block that was executed on top of the last one: what it came to, and the state after it. Nothing of it is durable yet.
struct ExecutedBlock: ~Copyable {
  let proposal: Proposal
  let header: Header
  let results: BlockResults
  let changes: [StateChange]
  let state: State

  /// Whether it is what comes of `other`.
  func isOf(_ other: Proposal) -> Bool {
    other.time == proposal.time && other.report == proposal.report
      && other.transactions.map(\.encoded) == proposal.transactions.map(\.encoded)
  }

  /// What the engine is told of it.
  func summary(by ledger: Ledger) -> FinalizedBlock {
    FinalizedBlock(header: header, results: results, parameters: ledger.parameters(in: state))
  }

  /// The block as it is stored.
  func block(signature: Signature?) -> Block {
    Block(
      header: header, signature: signature, transactions: proposal.transactions.map { Bytes($0.encoded) },
      report: proposal.report)
  }
}

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

  /// Executes `proposal`; the tree and the recent transactions go on to it.
  ///
  /// - Parameters:
  ///   - previous: the header of the last block, from which `current` follows.
  ///   - tree: the tree over `current`.
  /// - Throws: ``MissingUpgrade`` when the block is to be executed by rules that this build lacks; nothing is changed then.
  init(
    _ proposal: Proposal, after previous: Header, on current: CommittedState, by ledger: Ledger, tree: inout MerkleTree,
    recent: inout RecentTransactions
  ) throws(MissingUpgrade) {
    var state = State(on: current)
    let moment = Moment(height: previous.height + 1, time: proposal.time)
    try ledger.requireRules(of: moment.height, in: state)
    self.proposal = proposal
    results = ledger.execute(
      proposal.transactions, on: &state, at: moment, report: proposal.report ?? .none, recent: &recent)
    let lineage = Lineage(
      height: moment.height, time: moment.time, previous: previous.digest,
      transactions: Digest(merkleRootOf: proposal.transactions.map(\.encoded)), results: results.root)
    lineage.write(to: &state)
    changes = state.changes()
    tree.apply(changes, with: .dispatch)
    header = lineage.header(chain: ledger.chain, state: tree.root)
    self.state = state
  }

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

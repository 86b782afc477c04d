internal import Cryptography
internal import Encoding
internal import Engine
internal import LedgerKit
internal import StateTree

/// A block whose transactions were executed on top of the last one; what its header commits to is still to be reckoned.
struct BlockExecution: ~Copyable {
  let proposal: Proposal
  let previous: Header
  let results: BlockResults
  private var state: State

  /// Executes the transactions of `proposal`.
  ///
  /// - Parameters:
  ///   - previous: the header of the last block, from which `current` follows.
  ///   - recent: goes on to the block.
  /// - Throws: ``MissingUpgrade`` when the block is to be executed by rules that this build lacks; nothing is changed then.
  init(
    _ proposal: Proposal, after previous: Header, on current: CommittedState, by ledger: Ledger,
    recent: inout RecentTransactions
  ) throws(MissingUpgrade) {
    var state = State(on: current)
    let moment = Moment(height: previous.height + 1, time: proposal.time)
    try ledger.requireRules(of: moment.height, in: state)
    self.proposal = proposal
    self.previous = previous
    results = ledger.execute(
      proposal.transactions, on: &state, at: moment, report: proposal.report ?? .none, recent: &recent)
    self.state = state
  }

  /// Adds to the state what the block's header says beside it.
  ///
  /// - Returns: all that the block changes.
  mutating func changes(with lineage: Lineage) -> [StateChange] {
    lineage.write(to: &state)
    return state.changes()
  }

  /// The block with its header, which commits to the tree that `changes` made.
  consuming func block(_ header: Header, _ changes: [StateChange]) -> ExecutedBlock {
    ExecutedBlock(proposal: proposal, header: header, results: results, changes: changes, state: state)
  }
}

extension Lineage {
  /// What the header of `proposal` says beside the state: hashes of everything in the block and its results.
  init(of proposal: Proposal, _ results: BlockResults, after previous: Header) {
    self.init(
      height: previous.height + 1, time: proposal.time, previous: previous.digest,
      transactions: Digest(merkleRootOf: proposal.transactions.map(\.encoded)), results: results.root)
  }
}

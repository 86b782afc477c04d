internal import ArgumentParser
internal import Encoding
internal import LedgerKit
internal import Node

/// `relay audit`
struct AuditNode: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Check all that the node of --home has on disk; the node must not run.",
    discussion: """
      Reads every block from genesis on: checksums, the chain of digests, the sequencer's signatures, and the roots of \
      transactions and results. Executes all of them again on a state in memory, with the signatures of their transactions, \
      and compares every state root. Derives the root of the state on disk anew, compares it with the header of its block, \
      and each entry with what the blocks make. Checks every invariant of the ledger.

      Nothing on disk is changed, and a node cannot start meanwhile. What differs is named with its file or height, what is \
      expected and what was found; the exit code is then 1. Where old blocks were pruned, the rest is checked without \
      executing it. The state must fit into memory twice.

      EXAMPLES
        relay audit
        relay audit --trust-signatures --invariants-every 1000
        relay audit --from 5000 --to 6000 --json
      """)

  @Option(help: "Height from which on signatures of transactions are checked; earlier blocks are executed without.")
  var from: UInt64 = 0
  @Option(help: "Height of the last block that is executed; all when it is missing.") var to: UInt64?
  @Flag(help: "Take the signatures of transactions to fit: much faster.") var trustSignatures = false
  @Option(help: "Check the invariants each time so many blocks were executed; 0 checks them at the end alone.")
  var invariantsEvery: UInt64 = 0
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let to, to < from { throw ValidationError("--to \(to): expected a height from --from \(from) on") }
  }

  func run() async throws {
    let home = NodeHome(folder: options.folder)
    var request = Audit.Request()
    request.heights = from...(to ?? .max)
    request.trustsSignatures = trustSignatures
    request.invariantIntervalBlocks = invariantsEvery
    let progress = Progress(isShown: !options.json, unit: "MiB of blocks")
    let report = try await Audit.run(.init(home: home.folder), genesis: try home.genesis(), request: request) {
      progress.show($0, of: $1)
    }
    progress.finish()
    Output.show(report.json, asJSON: options.json, report.text)
    guard report.findings.isEmpty else { throw ExitCode(1) }
  }
}

extension AuditReport {
  /// What a person reads.
  fileprivate var text: String {
    let executed = executed.map { "executed again up to \($0)" } ?? "not executed again, since blocks were pruned"
    let state = stateHeight.map { "\(entries) entries as of block \($0)" } ?? "not on disk yet"
    var lines = [
      "chain     \(chain), block \(height.map(String.init) ?? "none"), state root \(root.map { "\($0)" } ?? "none")",
      "blocks    \(blocks) with \(transactions) transactions, \(executed); \(verified) transactions' signatures checked",
      "state     \(state), root \(stateRoot.map { "\($0)" } ?? "not derived")"
    ]
    if let cutOff { lines.append("dropped   by the next start, and nobody was told that it was done: \(cutOff)") }
    lines += findings.map { "DIFFERS   \($0)".printable }
    return (lines + ["\(findings.isEmpty ? "clean" : "not clean"), in \(milliseconds) ms"]).joined(separator: "\n")
  }
}

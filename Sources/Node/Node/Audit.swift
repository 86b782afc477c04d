internal import Chain
internal import Engine
internal import Foundation
public import LedgerKit
internal import Storage

/// An audit of the files of a node that does not run: every block, executed again, and the state on disk beside what they make.
public struct Audit {
  /// What an audit goes through.
  public struct Request: Sendable {
    /// Signatures of transactions are checked in blocks of these heights, and no later block is executed.
    public var heights: ClosedRange<UInt64> = 0 ... .max
    /// Whether signatures of transactions are taken to fit.
    public var trustsSignatures = false
    /// Blocks after which the invariants are checked; only at the end where it is 0.
    public var invariantIntervalBlocks: UInt64 = 0

    public init() {}
  }

  private let request: Request
  private let ledger: Ledger
  private let files: ChainFiles
  private let desk = SignatureDesk(clerks: ProcessInfo.processInfo.activeProcessorCount)
  private var flat: FlatState?
  private var checks: BlockChecks
  /// `nil` once a block is missing.
  private var execution: Execution?
  private var report: AuditReport

  /// Audits the node of `configuration`; nothing on disk is changed, and the node cannot start meanwhile.
  ///
  /// - Parameter progress: called now and then with the mebibytes of blocks that were gone through, and those that there are.
  /// - Throws: when there is nothing to audit, or the node runs; what differs is in the report.
  public static func run(
    _ configuration: Node.Configuration, genesis: Genesis, request: Request = Request(),
    progress: (_ done: UInt64, _ total: UInt64) -> Void = { _, _ in }
  ) async throws -> AuditReport {
    let clock = ContinuousClock()
    let start = clock.now
    var audit = try Audit(configuration, genesis, request)
    await audit.run(progress)
    audit.report.milliseconds = UInt64((clock.now - start) / .milliseconds(1))
    return audit.report
  }

  private init(_ configuration: Node.Configuration, _ genesis: Genesis, _ request: Request) throws {
    self.request = request
    ledger = try Ledger(genesis, upgrades: configuration.upgrades)
    files = try ChainFiles(path: configuration.chainPath)
    checks = BlockChecks(genesis, ledger.unions)
    execution = try Execution(ledger, genesis)
    report = AuditReport(chain: genesis.chain)
  }

  private mutating func run(_ progress: (_ done: UInt64, _ total: UInt64) -> Void) async {
    do { flat = try files.state() } catch { note(error, in: "state") }
    report.stateHeight = flat?.height
    do {
      try await walk(progress)
      try requireStateHeight()
    } catch { note(error, in: "blocks") }
    if let height = report.executed { checkInvariants(at: height) }
  }

  private mutating func walk(_ progress: (_ done: UInt64, _ total: UInt64) -> Void) async throws {
    let mebibyte = 20
    var walk = try files.blocks()
    var shown = -1
    while let stored = try walk.next() {
      try await take(try checks.check(stored))
      guard walk.position >> mebibyte != shown else { continue }
      shown = walk.position >> mebibyte
      progress(UInt64(shown), UInt64(walk.size >> mebibyte))
    }
    report.cutOff = walk.cutOff
  }

  /// Executes a block that follows the one before, and looks at the state on disk when that is the block's.
  private mutating func take(_ block: Block) async throws {
    let header = block.header
    if header.height != report.height.map({ $0 + 1 }) ?? 0 { (execution, report.executed) = (nil, nil) }
    report.height = header.height
    report.root = header.state
    report.blocks += 1
    report.transactions += UInt64(block.transactions.count)
    try await execute(block)
    if header.height == flat?.height { checkState(under: header) }
  }

  private mutating func execute(_ block: Block) async throws {
    let height = block.header.height
    guard let execution, height <= request.heights.upperBound else { return }
    try execution.run(block, try await transactions(of: block))
    report.executed = height
    let interval = request.invariantIntervalBlocks
    if interval > 0, height.isMultiple(of: interval) { checkInvariants(at: height) }
  }

  private mutating func transactions(of block: Block) async throws(AuditFinding) -> [VerifiedEnvelope] {
    let height = block.header.height
    do throws(Rejection) {
      let trusted = try block.checkedBefore(by: ledger)
      guard !request.trustsSignatures, request.heights.contains(height) else { return trusted }
      let results = await desk.verify(trusted.map(\.decoded))
      report.verified += UInt64(results.count)
      return try results.map { (result) throws(Rejection) in try result.get() }
    } catch {
      throw AuditFinding(part: "blocks", fault: "a transaction is not valid: \(error.detail)", height: height)
    }
  }

  private mutating func checkState(under header: Header) {
    guard let flat else { return }
    do {
      let state = try StateAudit(flat)
      report.stateRoot = state.root
      report.entries = state.entries
      let executed = report.executed == header.height ? execution?.memory : nil
      report.findings += state.findings(against: executed, under: header, ledger)
    } catch { note(error, in: "state") }
  }

  private mutating func checkInvariants(at height: UInt64) {
    guard let execution else { return }
    for finding in AuditFinding.violations(of: execution.memory, ledger, at: height)
    where !report.findings.contains(finding) { report.findings.append(finding) }
  }

  private func requireStateHeight() throws(AuditFinding) {
    guard let height = flat?.height, report.height.map({ $0 < height }) ?? true else { return }
    throw AuditFinding(
      part: "blocks", fault: "the state on disk is that of block \(height), which the block log lacks",
      height: report.height)
  }

  private mutating func note(_ error: any Error, in part: String) {
    report.findings.append(AuditFinding(error, part: part))
  }
}

public import Cryptography
public import Encoding
internal import Storage

/// What an audit went through, and what it found.
public struct AuditReport: Record {
  public static let schema = Schema(
    "AuditReport", "What an audit went through, and what it found.", AuditReport.init,
    Field(1, "chain", \.chain, "Id of the chain."),
    Field(2, "findings", \.findings, "What differs, the first of each part; nothing when all is as it must be."),
    Field(3, "height", \.height, "Height of the last block that was gone through; missing when there was none."),
    Field(4, "root", \.root, "State root in that block's header."),
    Field(5, "blocks", \.blocks, "Blocks that were gone through."),
    Field(6, "transactions", \.transactions, "Transactions in them."),
    Field(7, "verified", \.verified, "Transactions whose signatures were checked."),
    Field(8, "executed", \.executed, "Height up to which blocks were executed; missing when blocks were pruned."),
    Field(9, "stateHeight", \.stateHeight, "Height of the block that the state on disk follows from."),
    Field(10, "stateRoot", \.stateRoot, "Root derived from the state on disk; missing when it was not got to."),
    Field(11, "entries", \.entries, "Entries of the state on disk."),
    Field(
      12, "cutOff", \.cutOff, "A write that a crash cut short, which the next start drops: nothing is lost with it."),
    Field(13, "milliseconds", \.milliseconds, "Time that the audit took."))

  public let chain: String
  public internal(set) var findings: [AuditFinding] = []
  public internal(set) var height: UInt64?
  public internal(set) var root: Digest?
  public internal(set) var blocks: UInt64 = 0
  public internal(set) var transactions: UInt64 = 0
  public internal(set) var verified: UInt64 = 0
  public internal(set) var executed: UInt64?
  public internal(set) var stateHeight: UInt64?
  public internal(set) var stateRoot: Digest?
  public internal(set) var entries: UInt64 = 0
  public internal(set) var cutOff: String?
  public internal(set) var milliseconds: UInt64 = 0

  init(chain: String) { self.chain = chain }

  public init(
    chain: String, findings: [AuditFinding], height: UInt64?, root: Digest?, blocks: UInt64, transactions: UInt64,
    verified: UInt64, executed: UInt64?, stateHeight: UInt64?, stateRoot: Digest?, entries: UInt64, cutOff: String?,
    milliseconds: UInt64
  ) {
    self.chain = chain
    self.findings = findings
    self.height = height
    self.root = root
    self.blocks = blocks
    self.transactions = transactions
    self.verified = verified
    self.executed = executed
    self.stateHeight = stateHeight
    self.stateRoot = stateRoot
    self.entries = entries
    self.cutOff = cutOff
    self.milliseconds = milliseconds
  }
}

/// Something that is not as it must be.
public struct AuditFinding: Record, Error, CustomStringConvertible {
  public static let schema = Schema(
    "AuditFinding", "Something that is not as it must be.", AuditFinding.init,
    Field(1, "part", \.part, "Where it is: blocks, execution, state or invariants."),
    Field(2, "fault", \.fault, "What differs."),
    Field(3, "height", \.height, "Height of the block, where it concerns one."),
    Field(4, "file", \.file, "Path of the file, where it is known."),
    Field(5, "expected", \.expected, "What would be right, where that is known."),
    Field(6, "found", \.found, "What is there instead."))

  public let part: String
  public let fault: String
  public let height: UInt64?
  public let file: String?
  public let expected: String?
  public let found: String?

  public init(
    part: String, fault: String, height: UInt64? = nil, file: String? = nil, expected: String? = nil,
    found: String? = nil
  ) {
    self.part = part
    self.fault = fault
    self.height = height
    self.file = file
    self.expected = expected
    self.found = found
  }

  /// What `error` says of the part; a finding itself stays what it is.
  init(_ error: any Error, part: String) {
    switch error {
    case let finding as AuditFinding: self = finding
    case let error as StorageError: self.init(part: part, fault: error.message, file: error.file)
    case let error as Divergence:
      self.init(
        part: "execution", fault: "the root of the \(error.part), executed again, is not the header's",
        height: error.height, expected: "\(error.recorded)", found: "\(error.computed)")
    default: self.init(part: part, fault: "\(error)")
    }
  }

  public var description: String {
    let values = [("expected", expected), ("found", found)].compactMap { name, value in value.map { "\(name) \($0)" } }
    let place = (height.map { ["block \($0)"] } ?? []) + (file.map { [$0] } ?? [])
    let details = place + values
    return "\(part): \(fault)" + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
  }
}

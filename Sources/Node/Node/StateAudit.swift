internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import StateTree
internal import Storage

/// The state on disk: what is in it, and how it differs from what it must be.
struct StateAudit {
  private let memory = MemoryState()
  let root: Digest
  private(set) var entries: UInt64 = 0

  /// Reads all of `flat`.
  init(_ flat: FlatState) throws(StorageError) {
    var growth = TreeGrowth()
    var count: UInt64 = 0
    try flat.forEach { [memory] key, value in
      growth.add(key, value)
      memory.apply([StateChange(key: key, value: value)])
      count += 1
    }
    entries = count
    root = growth.finish().root
  }

  /// - Parameters:
  ///   - executed: the state that the blocks make; `nil` where they were not executed.
  ///   - header: the block that the state follows from.
  func findings(against executed: MemoryState?, under header: Header, _ ledger: Ledger) -> [AuditFinding] {
    let entry = executed.flatMap { firstDifference(from: $0, at: header.height) }
    guard root == header.state else {
      let difference = AuditFinding(
        part: "state", fault: "the state on disk has another root than the header", height: header.height,
        expected: "\(header.state)", found: "\(root)")
      return (entry.map { [$0] } ?? []) + [difference]
    }
    // Only rows that a root vouches for can be decoded.
    return (entry.map { [$0] } ?? []) + AuditFinding.violations(of: memory, ledger, at: header.height)
  }

  /// The least key that does not hold what it must.
  private func firstDifference(from executed: MemoryState, at height: UInt64) -> AuditFinding? {
    let missing = Self.firstDifference(executed, memory)
    let excess = Self.firstDifference(memory, executed)
    guard let key = [missing, excess].compactMap({ $0 }).min(by: { $0.lexicographicallyPrecedes($1) }) else {
      return nil
    }
    return AuditFinding(
      part: "state", fault: "the entry \(Bytes(key)) of the state on disk is not what the blocks make", height: height,
      expected: Self.text(executed.value(at: key)), found: Self.text(memory.value(at: key)))
  }

  /// The first key of `one` that holds something else in `other`.
  private static func firstDifference(_ one: MemoryState, _ other: MemoryState) -> [UInt8]? {
    var first: [UInt8]?
    one.forEach { key, value in
      if other.value(at: key) != value { first = key }
      return first == nil
    }
    return first
  }

  private static func text(_ value: [UInt8]?) -> String { value.map { "\(Bytes($0))" } ?? "nothing" }
}

extension AuditFinding {
  /// The invariants that `memory` breaks.
  static func violations(of memory: MemoryState, _ ledger: Ledger, at height: UInt64) -> [AuditFinding] {
    ledger.violations(in: State(memory, unions: ledger.unions)).map { violation in
      AuditFinding(part: "invariants", fault: violation, height: height)
    }
  }
}

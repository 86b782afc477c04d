import Chain
import Cryptography
import Encoding
import LedgerKit
import StateTree

/// Everything that others rely on, as text: names, codes, fields, reasons, tables, and hashes of seeded samples.
enum Surface {
  static var text: String {
    let sections = Ledger.standardModules.map { module($0) } + [ledgerReasons, structures, conformance]
    return sections.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private static func module<M: Module>(_ module: M.Type) -> [String] {
    ["module \(M.number) \(M.name)", "  genesis \(M.Genesis.code) \(M.Genesis.name)"]
      + M.transactions.map { "  transaction \($0.code) \($0.name) [\($0.policy)]" }
      + M.events.map { "  event \($0.code) \($0.name)" }
      + M.queries.map { "  query \($0.name) -> \(RecordList.answer(of: $0).name)" }
      + M.Reason.allCases.map { "  reason \($0.rawValue) \($0)" }
      + M.tables.map { "  table \($0.prefix[0]).\($0.prefix[1]) \($0.name)" }
  }

  private static var ledgerReasons: [String] {
    ["ledger"] + LedgerReason.allCases.map { "  reason \($0.rawValue) \($0)" }
  }

  /// Every record, variant and enumeration that can be reached, each once.
  private static var structures: [String] {
    var known: [String: [String]] = [:]
    for type in RecordList.all { collect(type.shape, into: &known) }
    return ["structures"] + known.sorted { $0.key < $1.key }.flatMap { $0.value }
  }

  private static func collect(_ shape: Shape, into known: inout [String: [String]]) {
    switch shape {
    case .scalar, .union: return
    case .optional(let inner), .list(let inner): collect(inner, into: &known)
    case .enumeration(let choices):
      known[choices.name] = ["  \(choices.name)"] + choices.choices.map { "    \($0.number) \($0.name)" }
    case .record(let structure), .variant(let structure):
      let parts = structure.parts.map {
        "    \($0.number) \($0.name): \(describe($0.shape))\($0.isRequired ? "!" : "")"
      }
      guard known.updateValue(["  \(structure.name)"] + parts, forKey: structure.name) == nil else { return }
      for part in structure.parts { collect(part.shape, into: &known) }
    }
  }

  private static func describe(_ shape: Shape) -> String {
    switch shape {
    case .scalar(let scalar): "\(scalar.proto) \(scalar.format)"
    case .optional(let inner): describe(inner) + "?"
    case .list(let inner): "[\(describe(inner))]"
    case .enumeration(let choices): choices.name
    case .record(let structure), .variant(let structure): structure.name
    case .union(let name, _): name
    }
  }

  /// SHA-256 over the bytes of 100 samples of each record, one after another.
  private static var conformance: [String] {
    ["conformance"]
      + Set(RecordList.all.map { "  \($0.name) \(hash(of: $0))" }).sorted()
  }

  private static func hash<Content: Record>(of type: Content.Type) -> Digest {
    var random = Random(seed: 100, unions: Ledger.standard.unions)
    return Digest(of: (0..<100).flatMap { _ in Content.sample(&random).encoded })
  }
}

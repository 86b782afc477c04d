import Foundation
import Testing

/// The layers that every node must run alike use nothing that differs between two runs.
@Suite("The ledger layers")
struct DeterminismTests {
  private static let folders = ["Sources/Ledger", "Sources/Core/StateTree", "Sources/Core/Encoding"]

  /// What is forbidden, and why.
  private static let forbidden: [(pattern: String, reason: String)] = [
    (#"import\s+(Foundation|FoundationEssentials|Dispatch|NIO\w*|Glibc|Synchronization)\b"#, "reaches the machine"),
    (#"\b(Date|ContinuousClock|SuspendingClock|DispatchTime|Instant)\b"#, "reads a clock"),
    (#"\.random\(|SystemRandomNumberGenerator|\.shuffled\(\)|\.shuffle\(\)|randomElement\(\)"#, "is random"),
    (
      #"\b(Double|Float|Float16|Float32|Float64|Float80|CGFloat)\b|(^|[^\w.$])\d+\.\d"#,
      "rounds differently between machines"
    ),
    (#"&[+\-*]|&<<|&>>"#, "wraps silently"),
    (#"\b(async|await|Task|actor|TaskGroup|Thread)\b"#, "runs in an order of its own"),
    (#"\b(hashValue|Hasher|ObjectIdentifier|UUID)\b"#, "differs between processes")
  ]

  @Test("are free of clocks, chance, floating point, wrapping and concurrency", arguments: folders)
  func forbidden(folder: String) throws {
    let files = try SourceFile.all(under: folder)
    #expect(files.count > 5)
    for file in files {
      for line in file.code {
        for (pattern, reason) in Self.forbidden where line.text.contains(try Regex(pattern)) {
          Issue.record("\(file.path):\(line.number) \(reason): \(line.text)")
        }
      }
    }
  }

  /// Loops over hashed collections whose result does not depend on the order, and why.
  private static let allowed = [
    "Sources/Core/Encoding/OpenUnion.swift: byCode = members.mapValues { types in": "fills another dictionary",
    "Sources/Core/Encoding/OpenUnion.swift: guard case .object(let members) = json, members.count == 1, let member = members.first else {":
      "an array of the same name"
  ]

  /// Names that a file declares as a dictionary or set.
  private static func hashedNames(in file: SourceFile) throws -> [String] {
    let dictionary = #"\[(?!\()[^\[\]]*(?:\[\w+\])?[^\[\]]*:"#
    let declaration = try Regex(#"(?:let|var)\s+(\w+)\s*(?::\s*(?:Set<|\#(dictionary))|=\s*Set[(<])"#)
    return file.code.flatMap { line in
      line.text.matches(of: declaration).compactMap { $0.output[1].substring.map(String.init) }
    }
  }

  @Test("never iterate over a dictionary or set", arguments: folders)
  func iteration(folder: String) throws {
    for file in try SourceFile.all(under: folder) {
      let names = try Self.hashedNames(in: file).joined(separator: "|")
      let walks = #"\.(keys|values)\b|\.mapValues\b"#
      let loops =
        #"\bin (?:self\.)?(?:\#(names))(?:\s*\{|\s+where|\.(?:sorted|map|filter|enumerated|flatMap|compactMap|reversed))"#
      let calls =
        #"\b(?:\#(names))\.(?:map|flatMap|compactMap|filter|reduce|forEach|first|min|max|sorted|lazy|makeIterator)\b"#
      let pattern = try Regex(names.isEmpty ? walks : [walks, loops, calls].joined(separator: "|"))
      for line in file.code where line.text.contains(pattern) {
        let found = "\(file.path): \(line.text.trimmingCharacters(in: .whitespaces))"
        #expect(
          Self.allowed[found] != nil, "line \(line.number) walks in an order that differs between processes: \(found)")
      }
    }
  }
}

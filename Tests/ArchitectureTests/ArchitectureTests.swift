internal import Foundation
internal import Testing

/// The page that newcomers read first tells the truth.
@Suite("ARCHITECTURE.md") struct ArchitectureTests {
  /// A row of the table, or a target of the package.
  struct Entry: Hashable, CustomStringConvertible {
    let folder: String
    let target: String
    var description: String { "\(folder)/\(target)" }
  }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  func text(_ name: String) throws -> String {
    try String(contentsOf: Self.root.appendingPathComponent(name), encoding: .utf8)
  }

  /// Targets of the manifest in order, with what they depend on.
  func targets() throws -> [(entry: Entry, dependencies: [String])] {
    let manifest = try text("Package.swift")
    let library = #/library\(\s*"(\w+)",\s*"(\w+)"([^)]*)\)/#
    let system = #/systemLibrary\(\s*name: "(\w+)",\s*path: "Sources/(\w+)/\w+"/#
    let executable = #/executableTarget\(\s*name: "(\w+)",\s*dependencies: \[([^\]]*)\]/#
    let libraries = manifest.matches(of: library).map { match in
      (match.range, Entry(folder: String(match.1), target: String(match.2)), names(match.3))
    }
    let systems = manifest.matches(of: system).map { match in
      (match.range, Entry(folder: String(match.2), target: String(match.1)), [String]())
    }
    let executables = manifest.matches(of: executable).map { match in
      (match.range, Entry(folder: String(match.1), target: String(match.1)), names(match.2))
    }
    return (libraries + systems + executables).sorted { $0.0.lowerBound < $1.0.lowerBound }.map { ($0.1, $0.2) }
  }

  private func names(_ text: Substring) -> [String] { text.matches(of: #/"(\w+)"/#).map { String($0.1) } }

  func rows() throws -> [Entry] {
    try text("ARCHITECTURE.md").matches(of: #/(?m)^\| `(\w+)` \| `(\w+)` \|/#).map {
      Entry(folder: String($0.1), target: String($0.2))
    }
  }

  @Test("the table lists exactly the targets of the package")
  func table() throws {
    let rows = try rows()
    #expect(Set(rows) == Set(try targets().map(\.entry)))
    #expect(Set(rows).count == rows.count)
  }

  @Test("a target depends only on targets that stand above it")
  func layers() throws {
    let order = try rows().map(\.target)
    for (entry, dependencies) in try targets() {
      let own = try #require(order.firstIndex(of: entry.target))
      // The benchmark runs the tests' workload; their library is no part of the product.
      for dependency in dependencies where dependency != "LedgerTesting" {
        let index = try #require(order.firstIndex(of: dependency), "\(entry) depends on \(dependency)")
        #expect(index < own, "\(entry) depends on \(dependency), which stands below it")
      }
    }
  }

  @Test("every folder under Sources is a target")
  func folders() throws {
    let sources = Self.root.appendingPathComponent("Sources")
    let entries = Set(try targets().map(\.entry))
    for folder in ["Core", "Ledger", "Node", "Surfaces", "Participants"] {
      let names = try FileManager.default.contentsOfDirectory(atPath: sources.appendingPathComponent(folder).path)
      for name in names { #expect(entries.contains(Entry(folder: folder, target: name))) }
    }
  }
}

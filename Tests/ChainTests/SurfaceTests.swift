import Chain
import Encoding
import Foundation
import LedgerKit
import StateTree
import Testing

/// What others rely on changes only when somebody says so: `make golden` rewrites the file, and the difference is reviewed.
@Suite("The surface of the chain")
struct SurfaceTests {
  private static let golden = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Surface.txt")

  @Test("is the one that was approved")
  func approved() throws {
    if ProcessInfo.processInfo.environment["APPROVE_GOLDEN"] != nil {
      try Surface.text.write(to: Self.golden, atomically: true, encoding: .utf8)
    }
    let approved = try String(contentsOf: Self.golden, encoding: .utf8).split(separator: "\n")
    let actual = Surface.text.split(separator: "\n")
    for change in actual.difference(from: approved) { Issue.record("not approved: \(change)") }
  }

  @Test("gives every module its own number, name and hundred of codes")
  func codes() {
    let modules = Ledger.standardModules
    #expect(Set(modules.map { $0.number }).count == modules.count)
    #expect(Set(modules.map { $0.name }).count == modules.count)
    #expect(!modules.contains { $0.name == LedgerReason.module || $0.number == 0 })
    for module in modules { expectOwnCodes(module) }
  }

  private func expectOwnCodes<M: Module>(_ module: M.Type) {
    let codes = [M.Genesis.code] + M.transactions.map { $0.code } + M.events.map { $0.code }
    #expect(Set(codes).count == codes.count, "\(M.name) uses a code twice")
    let hundred = UInt32(M.number) * 100..<UInt32(M.number) * 100 + 100
    #expect(codes.allSatisfy(hundred.contains), "\(M.name) uses a code outside \(hundred)")
    #expect(M.tables.allSatisfy { $0.prefix.first == M.number }, "\(M.name) has a table under another number")
  }

  @Test("names no record, table or prefix twice")
  func names() {
    let modules = Ledger.standardModules
    let verbs = modules.flatMap {
      $0.transactions.map { $0.name } + $0.queries.map { $0.name } + $0.events.map { $0.name }
    }
    #expect(Set(verbs).count == verbs.count)
    let tables = modules.flatMap { $0.tables }
    #expect(Set(tables.map(\.prefix)).count == tables.count)
    #expect(Set(tables.map { "\($0.name)" }).count == tables.count)
  }

  @Test("documents every record, field and reason")
  func documented() {
    for type in RecordList.all { expectDocumented(type) }
    for (name, doc) in Reasons.all { #expect(doc.hasSuffix(".") && doc.count > 10, "\(name): \(doc)") }
  }

  private func expectDocumented<Content: Record>(_ type: Content.Type) {
    let structure = type.schema.structure
    for text in [structure.doc] + structure.parts.map(\.doc) {
      #expect(text.hasSuffix(".") && text.count > 3, "\(structure.name): \(text)")
    }
  }
}

import Chain
import Foundation
import LedgerKit
import Testing

/// Every reason of every module, with its documentation.
enum Reasons {
  static var all: [(name: String, doc: String)] {
    LedgerReason.allCases.map { ("\(LedgerReason.module).\($0)", $0.doc) }
      + Ledger.standardModules.flatMap { reasons(of: $0) }
  }

  private static func reasons<M: Module>(of module: M.Type) -> [(name: String, doc: String)] {
    M.Reason.allCases.map { ("\(M.name).\($0)", $0.doc) }
  }
}

@Suite("Reasons for rejection")
struct ReasonTests {
  @Test("stand in the tables of the tests, each at least once")
  func tested() throws {
    let texts = try SourceFile.all(under: "Tests").map(\.text).joined()
    for (name, _) in Reasons.all {
      #expect(texts.contains("(\"\(name)\""), "no row of a table expects \(name)")
    }
  }

  @Test("are numbered from one without gaps within a module")
  func numbered() {
    for module in Ledger.standardModules { expectNumbers(module) }
    #expect(LedgerReason.allCases.map(\.rawValue) == Array(1...UInt32(LedgerReason.allCases.count)))
  }

  private func expectNumbers<M: Module>(_ module: M.Type) {
    let numbers = M.Reason.allCases.map { $0.rawValue }
    #expect(numbers == Array(1...UInt32(numbers.count)), "\(M.name)")
  }
}

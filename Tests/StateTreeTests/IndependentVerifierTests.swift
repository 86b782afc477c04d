import Encoding
import Foundation
import Testing

@testable import StateTree

@Suite("An independent verifier agrees", .enabled(if: Python.isInstalled, "needs python3 on the path"))
struct IndependentVerifierTests {
  @Test("Vectors and our own proofs are valid")
  func valid() throws {
    let own = [1, 2, 3, 10, 300].flatMap { SampleEntries(count: $0, seed: 5).claims(absent: 60, seed: 6) }
    let cases = try Vectors.names.map(Vectors.load) + own
    #expect(cases.count == 6 + 316 + 5 * 60)
    #expect(try Python.verdicts(on: cases) == Array(repeating: "valid", count: cases.count))
  }

  @Test("It refuses what was tampered with")
  func refused() throws {
    var random = Random(seed: 9)
    let tampered = try Vectors.names.map(Vectors.load).flatMap { vector in
      ProofCase.parts.filter { !vector[keyPath: $0].isEmpty }.map { part in
        vector.flipping(random.below(vector[keyPath: part].count), of: part, bit: random.below(8))
      }
    }
    #expect(try !Python.verdicts(on: tampered).contains("valid"))
  }
}

/// The script beside the tests, run by the interpreter of the machine.
private enum Python {
  struct Failed: Error { let status: Int32 }

  static let isInstalled = (try? run(["--version"], input: Data())) != nil

  static func verdicts(on cases: [ProofCase]) throws -> [String] {
    let script = Bundle.module.bundleURL.appending(path: "verify_ics23.py").path
    return try JSONDecoder().decode([String].self, from: run([script], input: JSONEncoder().encode(cases)))
  }

  /// What python3 prints when it ends well.
  private static func run(_ arguments: [String], input: Data) throws -> Data {
    let inputFile = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try input.write(to: inputFile)
    defer { try? FileManager.default.removeItem(at: inputFile) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    process.standardInput = try FileHandle(forReadingFrom: inputFile)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return printed
  }
}

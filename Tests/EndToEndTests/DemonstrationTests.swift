import Client
import Cryptography
import Encoding
import Foundation
import Jobs
import LedgerKit
import Testing

/// What a newcomer runs first.
@Suite("relay dev --demo", .enabled(TestMachine.sandboxReason, TestMachine.hasSandbox), .timeLimit(.minutes(2)))
struct DemonstrationTests {
  @Test("prints one JSON document, and leaves a receipt that anyone can check")
  func demonstration() async throws {
    try await TestMachine.withFolder { folder in
      let receipt = folder + "/receipt.json"
      let words = [
        "dev", "--demo", "--exit", "--json", "--port", "\(try TestMachine.freePort())", "--receipt", receipt,
        "--example", TestMachine.root.appending(path: "Examples/digits").path
      ]
      let ending = try await RelayProcess(words, environment: ["TMPDIR": folder]).end()
      #expect(ending.status == 0, "\(ending.errors)")
      try expectOutcome(try JSON(parsing: Array(ending.output.utf8)), receipt: receipt)
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == ["receipt.json"], "the network's folder is gone")
      try await expectVerdicts(on: receipt)
    }
  }

  private func expectOutcome(_ json: JSON, receipt: String) throws {
    #expect(try number("accuracy", json) >= 0.90)
    #expect(try number("paidNano", json) > 0)
    #expect(try number("refundedNano", json) > 0)
    #expect(try number("seconds", json) < 10)
    #expect(json["receipt"] == .string(receipt))
    let proven = try Self.read(receipt).state.header
    #expect(json["stateRoot"] == proven.state.json)
  }

  private func number(_ name: String, _ json: JSON) throws -> Double {
    guard case .number(let text) = json[name] else { throw Overdue("\(name) is missing from \(json.text())") }
    return try #require(Double(text))
  }

  private static func read(_ path: String) throws -> DealReceipt {
    try DealReceipt(parsing: Array(Data(contentsOf: URL(filePath: path))))
  }

  private func expectVerdicts(on path: String) async throws {
    let receipt = try Self.read(path)
    let whole = try await verify(path, try #require(receipt.sequencer))
    #expect(whole.status == 0, "\(whole.errors)")
    let foreign = try await verify(path, PrivateKey().publicKey)
    #expect(foreign.status == 1)
    #expect(foreign.errors.hasPrefix("error: sequencer:"), "\(foreign.errors)")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (part, original) in try Self.places(in: receipt) {
      try await expectRefusal(of: text, changing: original, naming: part, at: path)
    }
  }

  /// A text of each part of a receipt.
  private static func places(in receipt: DealReceipt) throws -> [(part: String, text: String)] {
    let parts: [(String, JSON?)] = [
      ("state.signature", receipt.state.signature?.json),
      ("state.evidence.0.proof", receipt.state.evidence.first?.value?.json),
      ("order.signatures", receipt.order.signatures.first?.signature.json),
      ("acceptance.signatures", receipt.acceptance.signatures.first?.signature.json),
      ("submission.signatures", receipt.submission.signatures.first?.signature.json),
      ("job", receipt.job.command.last?.json), ("result", receipt.result.outputs.first?.content.json)
    ]
    return try parts.map { part, json in
      guard case .string(let text) = json else { throw Overdue("the receipt has no \(part)") }
      return (part, text)
    }
  }

  private func expectRefusal(of text: String, changing original: String, naming part: String, at path: String)
    async throws
  {
    let place = try #require(text.range(of: original), "\(part)")
    let first = place.lowerBound
    let changed = text.replacingCharacters(in: first...first, with: text[first] == "0" ? "1" : "0")
    try Data(changed.utf8).write(to: URL(filePath: path))
    let ending = try await RelayProcess(["verify", path]).end()
    #expect(ending.status == 1, "\(part)")
    #expect(ending.errors.hasPrefix("error: \(part)"), "\(part): \(ending.errors)")
  }

  private func verify(_ path: String, _ sequencer: PublicKey) async throws -> RelayProcess.Ending {
    try await RelayProcess(["verify", path, "--sequencer", sequencer.didKey]).end()
  }
}

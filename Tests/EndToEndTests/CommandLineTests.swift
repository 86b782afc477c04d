import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

/// What somebody does who has nothing but the executable and its help.
@Suite("the command line", .timeLimit(.minutes(3)))
struct CommandLineTests {
  @Test("makes and lists keys")
  func keys() async throws {
    try await TestNetwork.run { network in
      let made = try await network.relay(["keys", "new", "carol", "--json"])
      #expect(made.status == 0, "\(made.errors)")
      let address = try JSON(parsing: Array(made.output.utf8))["address"]
      let listed = try await network.relay(["keys", "list", "--json"])
      guard case .array(let keys) = try JSON(parsing: Array(listed.output.utf8)) else { throw Overdue(listed.output) }
      #expect(
        keys.map { $0["name"] } == [.string("buyer"), .string("carol"), .string("provider"), .string("sequencer")])
      #expect(keys[1]["address"] == address)
      let again = try await network.relay(["keys", "new", "carol"])
      #expect(again.status == 1)
      #expect(again.errors.contains("a key named carol is there already"))
    }
  }

  @Test("a transfer: first dry, then for real, then more than there is")
  func transfer() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      let dry = try await network.pay("2.5cptm", ["--dry-run"])
      #expect(dry.status == 0, "\(dry.errors)")
      #expect(dry.output.contains("would be taken"))
      #expect(try await network.available("buyer") == TestNetwork.funds, "a dry run changes nothing")

      let paid = try await network.pay("2.5cptm")
      #expect(paid.status == 0, "\(paid.errors)")
      #expect(paid.output.contains("committed in block 1"), "\(paid.output)")
      #expect(try await network.available("provider") == TestNetwork.funds + 2_500_000_000)

      let before = try await network.available("buyer")
      let overdrawn = try await network.pay("1000cptm")
      #expect(overdrawn.status == 1)
      #expect(overdrawn.errors.contains("money.insufficientFunds"), "\(overdrawn.errors)")
      #expect(try await network.available("buyer") == before, "what has no effect costs nothing")
    }
  }

  @Test(
    "wrong usage ends with 64 and says what is right",
    arguments: [
      (["tx", "money", "transfer", "--amuont", "1cptm"], "unknown flag --amuont"),
      (["tx", "money", "transfer", "--amount", "1cptm"], "missing --to"),
      (["tx", "money", "transfer", "--to", "buyer"], "Missing expected argument '--from <from>'"),
      (["tx", "monye", "transfer"], "no module is called \"monye\""),
      (["query", "money", "balance"], "money has no \"balance\""),
      (["status", "--verbose"], "Unknown option '--verbose'"),
      (["order", "--offer", "x"], "give either --job FILE or --command")
    ])
  func wrongUsage(words: [String], hint: String) async throws {
    let ending = try await RelayProcess(words).end()
    #expect(ending.status == 64)
    #expect(ending.errors.contains(hint), "\(ending.errors)")
    #expect(ending.output.isEmpty)
  }

  @Test("asks with a proof, and for status and history")
  func questions() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      _ = try await network.pay("1cptm")
      let proven = try await network.relay(["query", "money", "account-of", "--owner", "provider", "--prove"])
      #expect(proven.status == 0, "\(proven.errors)")
      #expect(proven.output.contains("101 CPTM") && proven.output.contains(", signed by "))

      let status = try await network.relay(["status", "--json"])
      let json = try JSON(parsing: Array(status.output.utf8))
      #expect(json["genesis"]?["chain"] == .string("end-to-end"))
      #expect(json["head"]?["height"] == .string("1"))

      let history = try await network.relay(["history", "provider"])
      #expect(history.status == 0, "\(history.errors)")
      #expect(history.output.split(separator: "\n").count { $0.contains("amount 1 CPTM") } == 1, "\(history.output)")
    }
  }

  @Test("stores content, and gives it back byte for byte")
  func content() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      let (file, copy) = (network.home + "/data.bin", network.home + "/copy.bin")
      let bytes = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
      try bytes.write(to: URL(filePath: file))
      let put = try await network.relay(["content", "put", file])
      #expect(put.output == "\(Digest(of: Array(bytes)))\n", "\(put.errors)")
      let get = try await network.relay(["content", "get", "\(Digest(of: Array(bytes)))", "-o", copy])
      #expect(get.status == 0, "\(get.errors)")
      #expect(try Data(contentsOf: URL(filePath: copy)) == bytes)
      let missing = try await network.relay(["content", "get", "\(Digest(of: []))"])
      #expect(missing.status == 1)
    }
  }

  @Test("orders a job with nothing but the standard terms", .enabled(TestMachine.sandboxReason, TestMachine.hasSandbox))
  func order() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      try network.startProvider()
      let (offer, folder) = (try await network.offer(), network.home + "/outputs")
      try Data("b\na\n".utf8).write(to: URL(filePath: network.home + "/words.txt"))
      let ordered = try await network.relay([
        "order", "--offer", "\(offer)", "--command", "sort words.txt -o sorted.txt", "--input",
        network.home + "/words.txt", "--output", "sorted.txt", "--folder", folder, "--from", "buyer", "--wait",
        "--receipt", folder + "/receipt.json"
      ])
      #expect(ordered.status == 0, "\(ordered.errors)")
      #expect(try String(contentsOfFile: folder + "/sorted.txt", encoding: .utf8) == "a\nb\n")
      let verified = try await network.relay(["verify", folder + "/receipt.json"])
      #expect(verified.status == 0, "\(verified.errors)")
      try await network.expectRest(of: offer, "after the order")
    }
  }
}

extension TestNetwork {
  /// `relay tx money transfer` from buyer to provider.
  fileprivate func pay(_ amount: String, _ more: [String] = []) async throws -> RelayProcess.Ending {
    try await relay(["tx", "money", "transfer", "--to", "provider", "--amount", amount, "--from", "buyer"] + more)
  }

  /// What `relay query` says that an account has free to spend, in nano-CPTM.
  fileprivate func available(_ name: String) async throws -> UInt64 {
    let ending = try await relay(["query", "money", "account-of", "--owner", name, "--json"])
    let answer = try JSON(parsing: Array(ending.output.utf8))["answer"]
    return try Amount(json: #require(answer?["available"]), unions: .none).nano
  }
}

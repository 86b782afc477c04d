import Client
import Cryptography
import Encoding
import Foundation
import LedgerKit
import Testing

/// Another language needs nothing of ours but the printed schema.
@Suite("a stock protobuf library", .timeLimit(.minutes(2)))
struct ProtobufTests {
  private static let hasTools: @Sendable () async -> Bool = {
    let modules = try? await TestMachine.python(["-c", "import google.protobuf, cryptography"])
    let compiler = try? await RelayProcess(["protoc", "--version"], executable: URL(filePath: "/usr/bin/env")).end()
    return modules?.status == 0 && compiler?.status == 0
  }

  @Test(
    "builds, signs and submits a transfer with the generated classes alone",
    .enabled("needs protoc, and protobuf and cryptography for PYTHON; `make test` installs them", hasTools))
  func transfer() async throws {
    try await TestNetwork.run { network in
      try await network.startNode()
      let schema = try await network.relay(["schema", "proto"])
      #expect(schema.status == 0, "\(schema.errors)")
      try Data(schema.output.utf8).write(to: URL(filePath: network.home + "/relay.proto"))
      try Data(Hex.encode(network.buyerSeed).utf8).write(to: URL(filePath: network.home + "/seed.hex"))
      let ending = try await TestMachine.python([
        TestMachine.root.appending(path: "Tests/Python/transfer_with_protobuf.py").path,
        "--proto", network.home + "/relay.proto", "--seed-file", network.home + "/seed.hex",
        "--to", "\(Address(network.provider.publicKey))", "--amount-nano", "2500000000", "--node", network.client.url
      ])
      #expect(ending.status == 0, "\(ending.errors)")
      #expect(try await network.received() == 2_500_000_000)
      let answer = try JSON(parsing: Array(ending.output.utf8))
      let id = try Digest(json: #require(answer["id"]), unions: .none)
      #expect(try await network.client.transaction(id) != nil)
    }
  }
}

import Cryptography
import Encoding
import Foundation
import LedgerKit
import Money
import Testing

@testable import relay

struct SchemaTests {
  @Test(.enabled(if: Tool.hasProtoc, "protoc is missing; Debian's protobuf-compiler would run this"))
  func protocAcceptsTheFile() throws {
    try Tool.withTemporaryFolder { folder in
      try PrintSchema.proto().write(to: folder.appending(path: "relay.proto"), atomically: true, encoding: .utf8)
      let protoc = Tool.run(["protoc", "--descriptor_set_out=relay.pb", "relay.proto"], in: folder)
      #expect(protoc.status == 0)
      #expect(protoc.output.isEmpty, "a warning: \(protoc.output)")
    }
  }

  @Test func everyOperationAndDocumentIsDefined() throws {
    let proto = try PrintSchema.proto()
    let names = ["Transfer", "PlaceOrder", "Transferred", "AccountOf", "Account", "Envelope", "Block", "DealReceipt"]
    for name in names { #expect(proto.contains("message \(name) {"), "\(name)") }
    let definitions = try #require(try PrintSchema.jsonSchema()["$defs"])
    for name in names { #expect(definitions[name] != nil, "\(name)") }
  }

  @Test(
    .enabled(if: Tool.hasProtoc, "protoc is missing; Debian's protobuf-compiler would run this"),
    .enabled(if: Tool.hasPythonLibraries, "`pip install protobuf cryptography` would run this"))
  func pythonSignsTheSameTransfer() throws {
    let key = try PrivateKey(seed: [UInt8](repeating: 7, count: 32))
    let body = TransactionBody(
      chain: "test-chain", sender: Address(key.publicKey), fee: Amount(nano: 1_000_000),
      validFrom: Timestamp(milliseconds: 1_767_225_600_000), validUntil: Timestamp(milliseconds: 1_767_225_660_000),
      nonce: try Nonce(text: "000102030405060708090a0b0c0d0e0f"),
      operations: [
        LedgerKit.Operation(Transfer(to: Address(module: "bob"), amount: Amount(nano: 2_500_000_000), memo: "für Öl"))
      ]
    )
    let expected: JSON = [
      "address": Address(key.publicKey).json, "id": body.id.json,
      "envelope": .string(Hex.encode(Envelope(signing: body, with: key).encoded))
    ]
    try Tool.withTemporaryFolder { folder in
      try PrintSchema.proto().write(to: folder.appending(path: "relay.proto"), atomically: true, encoding: .utf8)
      let seed = String(repeating: "07", count: 32)
      try seed.write(to: folder.appending(path: "seed.hex"), atomically: true, encoding: .utf8)
      let run = Tool.run(
        [
          Tool.python, Tool.transferScript, "--proto", "relay.proto", "--seed-file", "seed.hex", "--to",
          "\(Address(module: "bob"))", "--amount-nano", "2500000000", "--memo", "für Öl", "--offline", "--chain",
          "test-chain", "--time-ms", "1767225600000", "--nonce", "000102030405060708090a0b0c0d0e0f"
        ], in: folder)
      #expect(run.status == 0, "\(run.output)")
      #expect(try JSON(parsing: run.output) == expected)
    }
  }
}

import Chain
import Cryptography
import Encoding
import Engine
import LedgerKit
import Money
import StateTree
import Testing
import Upgrades

@testable import CometEngine
@testable import Node

@Suite("An upgrade")
struct UpgradeTests {
  private static func genesis() -> Genesis {
    let accounts = [GenesisAccount(address: Address(Rig.alice.publicKey), balance: Rig.funds)]
    let sections: [any Member] = [
      MoneyGenesis(accounts: accounts), UpgradesGenesis(authority: Address(Rig.alice.publicKey))
    ]
    return Genesis(
      chain: "test-chain", policy: .managed, time: CometRig.time(0), sequencer: nil, parameters: .standard,
      sections: sections.compactMap { GenesisSection($0) })
  }

  private static func schedule(at height: UInt64) throws -> [UInt8] {
    let body = TransactionBody(
      chain: "test-chain", sender: Address(Rig.alice.publicKey), fee: Rig.fee, validFrom: CometRig.time(0),
      validUntil: CometRig.time(60), nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(ScheduleUpgrade(name: "second", height: height))])
    return Envelope(signing: body, with: Rig.alice).encoded
  }

  @Test("stops a node that lacks it before its height, and a build that has it goes on from there")
  func stopsAndGoesOn() async throws {
    let rig = CometRig()
    var ledger = try await rig.ledger(of: Self.genesis())
    try await ledger.begin(Self.genesis())
    try await ledger.block(1, [try Self.schedule(at: 12)])
    for height: UInt64 in 2..<12 { try await ledger.block(height) }
    let error = await #expect(throws: EngineError.self) { try await ledger.finalize(12) }
    #expect(error?.description.contains("the upgrade \"second\" is due in block 12") == true)
    #expect(await ledger.height() == 11)

    let upgrade = Upgrade("second") { state, _ in CreditedTable.write(to: &state) }
    ledger = try await rig.restarted(ledger, of: Self.genesis()) { $0.upgrades = [upgrade] }
    let before = await ledger.info().appHash
    #expect(try await ledger.block(12) != before)
    // The build before the upgrade may not run on a chain after it.
    await #expect(throws: EngineError.self) { _ = try await rig.restarted(ledger, of: Self.genesis()) }
  }
}

/// A table that the rules after the upgrade have, and those before have not.
private enum CreditedTable {
  private static let table = Table<Only, String>(99, 1, "test/credited")

  static func write(to state: inout State) { state[table, Only()] = "done" }
}

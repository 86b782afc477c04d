import Client
import Cryptography
import LedgerKit
import Money
import Testing

/// What a relay may make a client sign.
struct PreparationTests {
  private func prepare(chain: String?, relayIsAheadSeconds: UInt64 = 0) async throws -> TransactionBody {
    let rig = try await MarketRig()
    await rig.relay.advance(seconds: relayIsAheadSeconds)
    let client = RelayClient(url: "memory", chain: chain, transport: rig.relay)
    let transfer = Transfer(to: Address(rig.provider.publicKey), amount: Amount(nano: 1))
    return try await client.prepare([transfer], from: Address(rig.buyer.publicKey))
  }

  @Test(arguments: ["test-chain", nil]) func theExpectedChainIsTaken(chain: String?) async throws {
    #expect(try await prepare(chain: chain).chain == "test-chain")
  }

  @Test func anotherChainIsRefused() async {
    let error = await #expect(throws: ClientError.self) { try await prepare(chain: "main") }
    #expect(error?.description == "the relay prepared a transaction for chain test-chain; only main is signed for")
  }

  @Test func aWindowThatEndsFarAheadIsRefused() async {
    let error = await #expect(throws: ClientError.self) {
      try await prepare(chain: nil, relayIsAheadSeconds: 3600)
    }
    #expect(error?.description.contains("valid for more than 600 s from now") == true)
  }
}

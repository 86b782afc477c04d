import Client
import Cryptography
import Money
import Testing

struct ProvenAnswerTests {
  @Test func itNamesTheKeyThatSigned() async throws {
    let rig = try await MarketRig()
    let query = AccountOf(owner: Address(rig.buyer.publicKey))
    let sequencer = LedgerRelay.sequencer.publicKey
    #expect(try await rig.client.ask(anything: query, proving: true).voucher == .sequencer(sequencer))
    #expect(try await rig.client.ask(anything: query, proving: true, trusting: sequencer).isProvenRow)
    #expect(try await rig.client.ask(anything: query, proving: false).voucher == nil)
  }

  @Test func aKeyThatIsNotTrustedIsRefused() async throws {
    let rig = try await MarketRig()
    let error = await #expect(throws: ClientError.self) {
      try await rig.client.ask(
        anything: AccountOf(owner: Address(rig.buyer.publicKey)), proving: true, trusting: PrivateKey().publicKey)
    }
    #expect(error?.description.contains("the proof does not hold under the key did:key:") == true)
  }
}

import Cryptography
import Foundation
import Testing

@testable import relay

struct KnownNetworksTests {
  @Test func aRelayThatNamesAnotherNetworkIsRefused() throws {
    try Tool.withTemporaryFolder { folder in
      let networks = KnownNetworks(path: folder.appending(path: "networks.json").path)
      let first = KnownNetwork(url: "http://one", chain: "main", sequencer: PrivateKey().publicKey)
      try networks.confirm(first)
      try networks.confirm(first)
      try networks.confirm(KnownNetwork(url: "http://two", chain: "test", sequencer: nil))
      let others = [
        KnownNetwork(url: first.url, chain: "test", sequencer: first.sequencer),
        KnownNetwork(url: first.url, chain: first.chain, sequencer: PrivateKey().publicKey)
      ]
      for other in others {
        let error = #expect(throws: Failure.self) { try networks.confirm(other) }
        #expect(error?.description.hasPrefix("http://one was chain main with the sequencer did:key:") == true)
      }
    }
  }
}

import Client
import Cryptography
import Foundation
import LedgerKit
import Market
import Money
import Testing

/// A node and a provider as real processes on loopback, in a folder of their own.
final class TestNetwork: Sendable {
  static let passphrase = "end to end"
  let home: String
  let port: Int
  let client: RelayClient
  let buyer: PrivateKey
  let provider: PrivateKey

  var environment: [String: String] { ["RELAY_PASSPHRASE": Self.passphrase, "RELAY_HOME": home] }

  init() throws {
    home = FileManager.default.temporaryDirectory.appendingPathComponent("relay-\(UUID().uuidString)").path
    port = try Self.freePort()
    client = RelayClient(url: "http://127.0.0.1:\(port)")
    buyer = PrivateKey()
    provider = PrivateKey()
    let keys = KeyStore(folder: home + "/keys")
    try keys.add(buyer, as: "buyer", passphrase: Self.passphrase)
    try keys.add(provider, as: "provider", passphrase: Self.passphrase)
  }

  deinit { try? FileManager.default.removeItem(atPath: home) }

  /// Writes the genesis document, with money for buyer and provider.
  func initialize() async throws {
    let arguments = ["node", "init", "--home", home, "--chain", "end-to-end"]
    let funds = [buyer, provider].flatMap { ["--fund", "\(Address($0.publicKey))=100cptm"] }
    let process = try RelayProcess(arguments + funds, environment: environment)
    let status = try await process.wait()
    #expect(status == 0, "\(process.text)")
  }

  func startNode(pace: String = "instant") async throws -> RelayProcess {
    let process = try RelayProcess(
      ["node", "--home", home, "--port", "\(port)", "--pace", pace], environment: environment)
    try await until("the node answers") { (try? await client.chain()) != nil || !process.isRunning }
    #expect(process.isRunning, "\(process.text)")
    return process
  }

  func startProvider() throws -> RelayProcess {
    try RelayProcess(
      [
        "provider", "--node", client.url, "--home", home, "--key", "provider", "--price", "0.01cptm", "--bond", "1cptm",
        "--capacity", "2"
      ], environment: environment)
  }

  /// Waits until `condition` holds, for a minute at the most.
  func until(_ what: String, _ condition: () async throws -> Bool) async throws {
    let clock = ContinuousClock()
    let end = clock.now.advanced(by: .seconds(60))
    while try await !condition() {
      try #require(clock.now < end, "timed out waiting until \(what)")
      try await Task.sleep(for: .milliseconds(50))
    }
  }

  /// The provider's offer, once it is listed.
  func offer() async throws -> Identifier {
    var found: Identifier?
    try await until("the offer is listed") {
      found = (try? await client.ask(OffersOf()))?.offers.first { $0.offer.provider == Address(provider.publicKey) }?.id
      return found != nil
    }
    return try #require(found)
  }

  /// Asserts that all CPTM is somewhere, to the unit.
  func expectConservation() async throws {
    var sum: UInt64 = 0
    for owner in [Address(buyer.publicKey), Address(provider.publicKey), Money.feeAccount] {
      let account = try await client.ask(AccountOf(owner: owner))
      sum += account.available.nano + account.held.nano + account.bonded.nano
    }
    let supply = try await client.ask(SupplyOf()).total.nano
    #expect(sum == supply)
    #expect(supply == 200 * Amount.unitsPerToken)
  }

  private static func freePort() throws -> Int {
    let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(handle) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let status = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(handle, $0, length) | getsockname(handle, $0, &length)
      }
    }
    guard status == 0 else { throw POSIXError(.EADDRINUSE) }
    return Int(UInt16(bigEndian: address.sin_port))
  }
}

import Cryptography
import Encoding
import Foundation
import LedgerKit
import Logging
import Money
import Node
import ServiceLifecycle
import SoloEngine
import Storage

/// A network of one node in a fresh folder, which is removed when the test that holds the rig ends.
final class Rig: Sendable {
  static let alice = key(1)
  static let bob = key(2)
  static let funds = Amount(nano: 10 * Amount.unitsPerToken)
  static let fee = Amount(nano: 100_000)
  let home = FileManager.default.temporaryDirectory.appendingPathComponent("node-\(UUID().uuidString)").path
  let sequencer = key(3)

  deinit { try? FileManager.default.removeItem(atPath: home) }

  private static func key(_ seed: UInt64) -> PrivateKey {
    var random = Random(seed: seed)
    return PrivateKey(using: &random)
  }

  func genesis(chain: String = "test-chain") -> Genesis {
    let accounts = [Self.alice, Self.bob].map { GenesisAccount(address: Address($0.publicKey), balance: Self.funds) }
    return Genesis(
      chain: chain, policy: .managed, time: Timestamp(milliseconds: 1000), sequencer: sequencer.publicKey,
      parameters: .standard, sections: [GenesisSection(MoneyGenesis(accounts: accounts))].compactMap { $0 })
  }

  var configuration: Node.Configuration { Node.Configuration(home: home) }

  /// Runs `body` once the last node has let go of the files: its tasks may end a little after its services.
  func whenClosed<Result>(_ body: () async throws -> Result) async throws -> Result {
    while true {
      do { return try await body() } catch let error as StorageError where error.kind == .inUse {
        try await Task.sleep(for: .milliseconds(5))
      }
    }
  }

  func node(_ pace: SoloEngine.Pace = .instant, chain: String = "test-chain") async throws -> Node {
    try await whenClosed {
      try Node(
        configuration, genesis: genesis(chain: chain), key: sequencer, pace: pace, logger: Logger(label: "node"))
    }
  }

  /// A transfer from alice to bob that is like no other.
  func transfer(
    _ nano: UInt64, from key: PrivateKey = alice, to other: PrivateKey = bob, at now: Timestamp = .now()
  ) throws -> [UInt8] {
    let body = TransactionBody(
      chain: "test-chain", sender: Address(key.publicKey), fee: Self.fee,
      validFrom: Timestamp(milliseconds: now.milliseconds - 1000), validUntil: now.adding(seconds: 300),
      nonce: try Nonce(validating: PrivateKey().publicKey.bytes.prefix(16)),
      operations: [Operation(Transfer(to: Address(other.publicKey), amount: Amount(nano: nano)))])
    return Envelope(signing: body, with: key).encoded
  }
}

/// Runs `services` as long as `body` takes, and shuts them down gracefully.
func running<Result: Sendable>(
  _ services: [any Service], _ body: () async throws -> Result
) async throws -> Result {
  let (starts, start) = AsyncStream<Void>.makeStream()
  let group = ServiceGroup(services: services + [Probe(start: start)], logger: Logger(label: "services"))
  async let run: Void = group.run()
  for await _ in starts {}
  let result = try await body()
  await group.triggerGracefulShutdown()
  try await run
  return result
}

/// Tells that the services run.
private struct Probe: Service {
  let start: AsyncStream<Void>.Continuation

  func run() async throws {
    start.finish()
    try await gracefulShutdown()
  }
}

extension Node {
  func available(_ key: PrivateKey) throws -> UInt64 {
    try answer(AccountOf(owner: Address(key.publicKey))).answer.available.nano
  }
}

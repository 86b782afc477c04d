internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Logging
internal import Market
internal import Money
internal import Provider
internal import ServiceLifecycle
internal import SoloEngine

/// `relay dev`
struct Develop: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dev", abstract: "Run a whole network on this machine: node, provider and a funded agent.",
    discussion: """
      Without --home everything lies in a temporary folder and is gone afterwards. The keys agent, provider and sequencer \
      have the passphrase "development".

      EXAMPLE
        relay dev --demo --exit --json
      """)
  static let passphrase = "development"

  @Flag(help: "Have the agent buy a trained digit classifier.") var demo = false
  @Flag(help: "Stop when the demonstration is over.") var exit = false
  @Option(help: "Folder with the demonstration's train.py and digits.csv.") var example = "Examples/digits"
  @Option(help: "File for the demonstration's receipt.") var receipt = "receipt.json"
  @Option(help: "Port to listen on.") var port = 4020
  @Option(help: "instant, or seconds between blocks, as in 1s.") var pace = Pace(value: .instant)
  @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = LogLevel(value: .warning)
  @Option(help: "Folder of the network.") var home: String?
  @Flag(help: "Print one JSON document when the demonstration is over.") var json = false

  func validate() throws {
    guard demo || !(exit || json) else { throw ValidationError("--exit and --json belong to --demo") }
  }

  func run() async throws {
    let folder = home ?? FileManager.default.temporaryDirectory.appending(path: "relay-dev-\(UUID().uuidString)").path
    defer { if home == nil { try? FileManager.default.removeItem(atPath: folder) } }
    let network = try DevelopmentNetwork(folder: folder, port: port)
    let server = RelayServer(
      home: network.home, engine: .solo(key: network.sequencer, pace: pace.value), host: "127.0.0.1", port: port,
      logger: .standard("relay", level: logLevel.value))
    try await server.run(endsWithGuest: exit) { try await live(in: network) }
  }

  /// Runs the provider, and the demonstration beside it.
  private func live(in network: DevelopmentNetwork) async throws {
    let provider = network.provider(logger: .standard("provider", level: logLevel.value))
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await provider.run() }
      announce(network)
      if demo { group.addTask { try await demonstrate(in: network) } }
      try await group.next()
      if exit { group.cancelAll() } else { try await group.waitForAll() }
    }
  }

  private func announce(_ network: DevelopmentNetwork) {
    guard !json else { return }
    print(
      """
      \(Terminal.bold("Conductor Relay")): network "\(DevelopmentNetwork.chain)" at \(network.client.url)
      keys in \(network.home.folder)/keys, passphrase "\(Self.passphrase)"
      """)
  }

  private func demonstrate(in network: DevelopmentNetwork) async throws {
    let demonstration = Demonstration(
      client: network.client, agent: network.agent, provider: Address(network.seller.publicKey), example: example,
      receipt: receipt)
    let progress = OrderProgress(isShown: !json)
    let outcome = try await demonstration.run { progress.report($0) }
    let books = try await Books(network)
    Output.show(outcome.json, asJSON: json, outcome.text + "\n" + books.text + (exit ? "" : network.invitation))
  }
}

/// What agent and provider have now.
private struct Books {
  let agent: Account
  let provider: Account

  init(_ network: DevelopmentNetwork) async throws {
    agent = try await network.client.ask(AccountOf(owner: Address(network.agent.publicKey)))
    provider = try await network.client.ask(AccountOf(owner: Address(network.seller.publicKey)))
  }

  var text: String {
    """
    agent     \(agent.available) left of \(DevelopmentNetwork.funds)
    provider  \(provider.available) available and \(provider.bonded) bonded, of \(DevelopmentNetwork.funds)
    """
  }
}

extension Demonstration.Outcome {
  var seconds: String {
    let (seconds, attoseconds) = duration.components
    let hundredths = attoseconds / 10_000_000_000_000_000
    return "\(seconds).\(hundredths < 10 ? "0" : "")\(hundredths)"
  }

  var json: JSON {
    .object([
      .init("accuracy", .number(accuracy)), .init("paidNano", .number("\(delivery.deal.paid.nano)")),
      .init("refundedNano", .number("\(delivery.deal.refunded.nano)")), .init("receipt", .string(receipt)),
      .init("stateRoot", stateRoot.json), .init("seconds", .number(seconds))
    ])
  }

  var text: String {
    """
    accuracy  \(accuracy) on held-out digits, in \(seconds) s from quote to receipt
    proof     \(receipt): check it with relay verify \(receipt)
    """
  }
}

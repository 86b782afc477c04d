internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Operations

// Encoding has flags of its own: those of a record.
typealias Flag = ArgumentParser.Flag

/// The options that every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(help: "Address of the relay; RELAY_NODE, or else http://127.0.0.1:4020, when it is missing.")
  var node: String?
  @Option(help: "Folder of the keys; RELAY_HOME, or else ~/.conductor-relay, when it is missing.")
  var home: String?
  @Flag(help: "Print one JSON document.")
  var json = false

  private var url: String { node ?? Self.environment("RELAY_NODE") ?? "http://127.0.0.1:4020" }

  var client: RelayClient { RelayClient(url: url) }

  /// The relay's network, which must be the one that it named at the first contact.
  func network() async throws -> KnownNetwork {
    let genesis = try await client.chain().genesis
    let network = KnownNetwork(url: url, chain: genesis.chain, sequencer: genesis.sequencer)
    try networks.confirm(network)
    return network
  }

  /// A client that signs for no other chain than the known one; only a first contact needs the relay to answer.
  func signingClient() async throws -> RelayClient {
    if let pinned = try networks.pinned(url) { return RelayClient(url: url, chain: pinned.chain) }
    return RelayClient(url: url, chain: try await network().chain)
  }

  private var networks: KnownNetworks { KnownNetworks(path: folder + "/networks.json") }

  var keys: KeyStore { KeyStore(folder: folder + "/keys") }

  var folder: String {
    home ?? Self.environment("RELAY_HOME") ?? NSHomeDirectory() + "/.conductor-relay"
  }

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The account that `text` names: an address, or a key of the store.
  func address(_ text: String) throws -> Address {
    if text.hasPrefix("cptm1") { return try Address(text: text[...]) }
    do { return try keys.file(text).address } catch {
      throw Failure("\"\(text)\" is neither an address (cptm1…) nor the name of a key: \(error)")
    }
  }
}

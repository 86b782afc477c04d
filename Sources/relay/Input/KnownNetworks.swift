internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation

/// What a relay said of its network at the first contact.
struct KnownNetwork: Record, Equatable {
  static let schema = Schema(
    "KnownNetwork", "A network as its relay named it at the first contact.", KnownNetwork.init,
    Field(1, "url", \.url, "Address of the relay."),
    Field(2, "chain", \.chain, "Id of the chain."),
    Field(3, "sequencer", \.sequencer, "Key that signs the chain's headers; missing when no single one does."))

  let url: String
  let chain: String
  let sequencer: PublicKey?
}

/// The networks of a folder's `networks.json`: a relay that later names another network is refused.
struct KnownNetworks {
  let path: String

  /// Keeps `network` when its relay is new, and throws when the relay named another one before.
  func confirm(_ network: KnownNetwork) throws {
    guard let pinned = try pinned(network.url) else { return try write(try read() + [network]) }
    guard pinned == network else {
      throw Failure(
        "\(network.url) was chain \(pinned), and says now that it is chain \(network); if the network began anew, "
          + "remove its entry from \(path)")
    }
  }

  /// What the relay at `url` said at the first contact, or `nil` before it.
  func pinned(_ url: String) throws -> KnownNetwork? { try read().first { $0.url == url } }

  private func read() throws -> [KnownNetwork] {
    guard FileManager.default.fileExists(atPath: path) else { return [] }
    do { return try [KnownNetwork](json: JSON(parsing: try Files.read(path)), unions: .none) } catch {
      throw Failure("\(path): \(error)")
    }
  }

  private func write(_ networks: [KnownNetwork]) throws {
    try Files.write(Array(networks.json.text(indent: 2).utf8), to: path)
  }
}

extension KnownNetwork: CustomStringConvertible {
  var description: String { "\(chain) with the sequencer \(sequencer.map { $0.didKey } ?? "none")" }
}

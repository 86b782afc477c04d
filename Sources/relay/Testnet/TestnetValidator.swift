/// One validator of a test network: its two processes' folders, and where they listen.
struct TestnetValidator: Sendable {
  /// From 1.
  let number: Int
  /// Folder of the network.
  let home: String

  var name: String { "validator-\(number)" }
  var folder: String { "\(home)/\(name)" }
  var relay: NodeHome { NodeHome(folder: folder + "/relay") }
  /// Home of CometBFT.
  var comet: String { folder + "/comet" }
  /// Where the two processes meet.
  var socket: String { folder + "/abci.sock" }
  var nodeKey: String { comet + "/config/node_key.json" }

  /// Throws when the operating system takes no socket of that path.
  func requireSocket() throws {
    guard socket.utf8.count <= Loopback.longestSocketPath else {
      throw Failure(
        "\(socket) has \(socket.utf8.count) bytes, and a Unix socket's path at most \(Loopback.longestSocketPath): "
          + "choose a shorter --home")
    }
  }

  /// The log of a process.
  func log(of program: String) -> String { "\(folder)/\(program).log" }
}

/// Where a validator's processes listen, and how they find each other.
struct ValidatorAddresses: Sendable {
  /// Where CometBFT finds the ledger: its `proxy_app`.
  let abci: String
  /// Where CometBFT takes calls.
  let rpc: String
  /// Where CometBFT takes its peers.
  let peering: String
  /// Where its peers find it: `HOST:PORT`.
  let peer: String
}

internal import Foundation

/// A test network as containers: two services for each validator, which find each other by name.
struct Composition {
  private static let ports = (http: 4020, abci: 26658, rpc: 26657, peering: 26656)
  let network: Testnet
  /// The first validator's HTTP port on the machine that runs the containers.
  let firstPort: Int

  func addresses(of validator: TestnetValidator) -> ValidatorAddresses {
    ValidatorAddresses(
      abci: "tcp://relay-\(validator.number):\(Self.ports.abci)", rpc: "tcp://0.0.0.0:\(Self.ports.rpc)",
      peering: "tcp://0.0.0.0:\(Self.ports.peering)", peer: "comet-\(validator.number):\(Self.ports.peering)")
  }

  func write() throws {
    try Files.write(Array(text.utf8), to: network.home + "/docker-compose.yml")
    try Files.write(Array(Self.dockerfile.utf8), to: network.home + "/Dockerfile")
    try Files.write(Array(Self.ignored.utf8), to: network.home + "/Dockerfile.dockerignore")
  }

  private var text: String {
    """
    # Written by relay testnet --docker-compose; docs/operating.md says what to change for machines of their own.
    x-relay: &relay
      image: conductor-relay
      build:
        context: "${RELAY_SOURCE:?the folder of Conductor Relay's sources}"
        dockerfile: "\(network.home)/Dockerfile"
      user: "\(getuid()):\(getgid())"
      restart: unless-stopped
    x-comet: &comet
      image: "${COMET_IMAGE:-cometbft/cometbft:v0.38.25}"
      command: ["start"]
      user: "\(getuid()):\(getgid())"
      restart: unless-stopped
    services:
    \(network.validators.map(services).joined())\
    networks:
      clients: {}
      peers: {}
    \(network.validators.map(privateNetwork).joined())
    """
  }

  private func services(of validator: TestnetValidator) -> String {
    let number = validator.number
    return """
        relay-\(number):
          <<: *relay
          command: ["node", "--home", "/relay", "--host", "0.0.0.0", "--port", "\(Self.ports.http)",
            "--abci", "tcp://0.0.0.0:\(Self.ports.abci)", "--comet-rpc", "http://comet-\(number):\(Self.ports.rpc)"]
          volumes: ["./\(validator.name)/relay:/relay"]
          ports: ["127.0.0.1:\(firstPort + number - 1):\(Self.ports.http)"]
          networks: ["clients", "\(validator.name)"]
        comet-\(number):
          <<: *comet
          depends_on: ["relay-\(number)"]
          volumes: ["./\(validator.name)/comet:/cometbft"]
          ports: ["\(Self.ports.peering + number - 1):\(Self.ports.peering)"]
          networks: ["peers", "\(validator.name)"]

      """
  }

  /// Whoever reaches a relay's ABCI commands its ledger, so only its CometBFT does.
  private func privateNetwork(of validator: TestnetValidator) -> String {
    "  \(validator.name):\n    internal: true\n"
  }
}

extension Composition {
  /// Builds the relay from its sources, for the same Debian that it is tested on.
  fileprivate static let dockerfile = """
    FROM swift:6.3-bookworm AS build
    WORKDIR /source
    COPY . .
    RUN Scripts/install-packages && swift build -c release --product relay --static-swift-stdlib \\
      && cp "$(swift build -c release --show-bin-path)/relay" /usr/local/bin/relay

    FROM debian:bookworm-slim
    RUN apt-get update && apt-get install -y --no-install-recommends \\
      ca-certificates libcurl4 librocksdb7.8 libsodium23 libsqlite3-0 libxml2 tzdata && rm -rf /var/lib/apt/lists/*
    COPY --from=build /usr/local/bin/relay /usr/local/bin/relay
    ENTRYPOINT ["relay"]

    """

  /// What is not copied into the build: what another build left.
  fileprivate static let ignored = ".build*\n.git\n"
}

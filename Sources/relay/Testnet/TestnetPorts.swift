/// The ports of a test network on loopback: one range, a port of each kind for each validator.
struct TestnetPorts: Sendable {
  /// The first validator's HTTP port.
  let first: Int
  /// Validators.
  let count: Int

  func http(_ validator: TestnetValidator) -> Int { first + validator.number - 1 }
  func rpc(_ validator: TestnetValidator) -> Int { http(validator) + count }
  func peering(_ validator: TestnetValidator) -> Int { rpc(validator) + count }

  private var all: Range<Int> { first..<first + 3 * count }

  /// Throws when they are no ports.
  func validate() throws {
    guard first > 0, all.upperBound <= 65_536 else {
      throw UsageError("--port \(first): \(count) validators need \(all.count) ports from there on, up to 65535")
    }
  }

  /// Throws when somebody listens on one of them.
  func requireFree() throws {
    try validate()
    if let taken = all.first(where: { !Loopback.isFree(port: $0) }) {
      throw Failure(
        "port \(taken) is in use; the network takes \(all.lowerBound) to \(all.upperBound - 1): choose others with --port"
      )
    }
  }

  func addresses(of validator: TestnetValidator) -> ValidatorAddresses {
    ValidatorAddresses(
      abci: "unix://\(validator.socket)", rpc: "tcp://127.0.0.1:\(rpc(validator))",
      peering: "tcp://127.0.0.1:\(peering(validator))", peer: "127.0.0.1:\(peering(validator))")
  }
}

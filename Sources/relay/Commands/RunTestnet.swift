internal import ArgumentParser
internal import Client
internal import Foundation
internal import UnixSignals

/// `relay testnet`
struct RunTestnet: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "testnet", abstract: "Run a network of validators on this machine, each with a CometBFT of its own.",
    discussion: """
      Needs CometBFT v0.38 (https://github.com/cometbft/cometbft/releases). Without --home everything lies in a temporary \
      folder and is gone afterwards. The keys agent, provider and validator-1, validator-2 … have the passphrase \
      "development". Blocks come once a second, elections with each; a validator that misses 11 blocks of 20 is jailed.

      EXAMPLES
        relay testnet
        relay testnet --validators 7 --home net --json
        relay testnet --docker-compose --home net
      """)
  private static let firstPort = 4020

  @Option(help: "Validators, 1 to 20.") var validators = 4
  @Option(help: "Folder of the network.") var home: String?
  @Option(help: "First port; HTTP, CometBFT's RPC and its peers take one after the other of each validator.")
  var port = Self.firstPort
  @Option(help: "CometBFT's program; else the one in PATH.") var cometbft: String?
  @Flag(help: "Only write the network's folder.") var writeOnly = false
  @Flag(help: "Only write the network's folder, for containers, with docker-compose.yml and a Dockerfile.")
  var dockerCompose = false
  @Flag(help: "Print one line of JSON a second.") var json = false

  func validate() throws {
    guard (1...20).contains(validators) else { throw ValidationError("--validators \(validators): expected 1 to 20") }
    guard home != nil || !(writeOnly || dockerCompose) else {
      throw ValidationError("--write-only and --docker-compose need --home")
    }
  }

  func run() async throws {
    let folder =
      home ?? FileManager.default.temporaryDirectory.appending(path: "testnet-\(UUID().uuidString.prefix(8))").path
    defer { if home == nil { try? FileManager.default.removeItem(atPath: folder) } }
    let network = Testnet(home: folder, count: validators)
    if dockerCompose { return try compose(network) }
    let ports = TestnetPorts(first: port, count: validators)
    if writeOnly { return try write(network, ports) }
    let programs = try TestnetPrograms(comet: cometbft)
    try ports.requireFree()
    try write(network, ports)
    try await live(network, programs, ports)
  }

  private func write(_ network: Testnet, _ ports: TestnetPorts) throws {
    try ports.validate()
    for validator in network.validators { try validator.requireSocket() }
    try network.begin()
    try network.configure(ports.addresses)
    announce(network, ports)
  }

  private func compose(_ network: Testnet) throws {
    let composition = Composition(network: network, firstPort: port)
    try network.begin()
    try network.configure(composition.addresses)
    try composition.write()
    if !json { Output.line("\(network.home)/docker-compose.yml: build and start it with docker compose up --build") }
  }

  private func announce(_ network: Testnet, _ ports: TestnetPorts) {
    guard !json else { return }
    let last = network.validators.count - 1
    Output.line(
      """
      \(Terminal.bold("Conductor Relay")): network "\(TestnetGenesis.chain)" of \(validators) validators, \
      http://127.0.0.1:\(port) to \(port + last)
      keys in \(network.home)/keys, passphrase "\(Develop.passphrase)"; logs in \(network.home)/validator-*/*.log
      """)
  }

  /// Runs the processes, and shows them, until SIGINT or SIGTERM.
  private func live(_ network: Testnet, _ programs: TestnetPrograms, _ ports: TestnetPorts) async throws {
    let processes = network.validators.map { ValidatorProcesses($0, programs: programs, ports: ports) }
    let view = TestnetView(TestnetObserver(processes: processes, ports: ports), asJSON: json)
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { for await _ in signals { return } }
      group.addTask { [view] in
        var view = view
        try await view.run()
      }
      group.addTask { try await Self.keepRunning(processes) }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Keeps the processes of all validators running; one that cannot be kept does not stop the others.
  private static func keepRunning(_ processes: [ValidatorProcesses]) async throws {
    await withDiscardingTaskGroup { group in
      for pair in processes { group.addTask { await pair.run() } }
    }
    try Task.checkCancellation()
    var notes: [String] = []
    for pair in processes { if let note = await pair.note { notes.append(note) } }
    throw Failure("no validator runs any more\n\(notes.joined(separator: "\n"))")
  }
}

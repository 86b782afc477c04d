internal import ArgumentParser
internal import Client
internal import CometEngine
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Logging
internal import Money
internal import Node

/// `relay node`
struct RunNode: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "node", abstract: "Run a relay: ledger, engine, history, content and HTTP in one process.",
    subcommands: [Run.self, Initialize.self, Reindex.self], defaultSubcommand: Run.self)

  struct Run: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Run the node of --home.")
    @OptionGroup var server: ServerOptions
    @OptionGroup var secret: PassphraseOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let home = NodeHome(folder: options.folder)
      let logger = Logger.standard("relay", level: server.logLevel.value)
      let relay = RelayServer(
        home: home, engine: try engine(of: home), host: server.host, port: server.port, logger: logger
      ) { [server] configuration in
        configuration.isIndexed = !server.noIndex
        configuration.keepBlocks = server.keepBlocks
        configuration.snapshotEveryBlocks = server.snapshotEvery
        configuration.stateMemoryBytes = server.stateMemory << 20
      }
      try await relay.run()
    }

    private func engine(of home: NodeHome) throws -> RelayServer.Engine {
      let hasSequencer = try home.genesis().sequencer != nil
      guard hasSequencer == (server.abci == nil) else {
        throw UsageError(
          hasSequencer
            ? "the genesis document names a sequencer, so no consensus engine drives this chain; leave --abci out"
            : "the genesis document names no sequencer: give --abci, where CometBFT finds this node")
      }
      if let abci = server.abci { return .comet(.init(address: abci.value, rpc: server.cometRPC)) }
      let key = try home.keys.open(NodeHome.sequencer, passphrase: try secret.passphrase(for: NodeHome.sequencer))
      return .solo(key: key, pace: server.pace.value)
    }
  }

  struct Initialize: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a genesis document and a sequencer's key into --home.",
      discussion: """
        EXAMPLE
          relay node init --chain my-relay --fund alice=1000cptm
        """)
    @Option(help: "Id of the chain: 3 to 40 lowercase letters, digits and hyphens.") var chain: String
    @Option(help: "managed or devnet; only a devnet mints test money.") var policy = "managed"
    @Option(help: "First balance of an account or of a key in --home: NAME=AMOUNT; may be repeated.")
    var fund: [String] = []
    @OptionGroup var secret: PassphraseOptions
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let genesis = try NodeHome(folder: options.folder).initialize(
        chain: chain, policy: try Policy(text: policy[...]), accounts: try fund.map(account),
        passphrase: try secret.passphrase(for: NodeHome.sequencer))
      Output.show(genesis.json, asJSON: options.json, "chain \(chain) begins in \(options.folder)")
    }

    private func account(_ text: String) throws -> GenesisAccount {
      let parts = text.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { throw UsageError("--fund \(text): expected NAME=AMOUNT, as in alice=1000cptm") }
      do {
        return GenesisAccount(address: try options.address(String(parts[0])), balance: try Amount(text: parts[1]))
      } catch let error as FieldError { throw UsageError("--fund \(text): \(error)") }
    }
  }

  struct Reindex: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Throw the history of --home away and rebuild it from the blocks; the node must not run.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let home = NodeHome(folder: options.folder)
      let progress = Progress(isShown: !options.json)
      try await Node.reindex(
        .init(home: home.folder), genesis: try home.genesis(), logger: .standard("relay", level: .warning)
      ) { height, head in progress.show(height, of: head) }
      progress.finish()
    }
  }
}

internal import ArgumentParser

/// The one executable of a Conductor Relay.
@main
struct Relay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay",
    abstract: "A ledger and market for AI agents: order work, pay for it, and prove it.",
    discussion: """
      Keys lie encrypted in ~/.conductor-relay (--home, RELAY_HOME); the relay is http://127.0.0.1:4020 (--node, \
      RELAY_NODE). With --json a command prints one JSON document, and a problem document to the error stream when it \
      fails. Exit codes: 0 done, 1 refused or failed, 64 wrong usage.

      EXAMPLES
        relay keys new alice
        relay tx money transfer --to bob --amount 2.5cptm --from alice
        relay query money account-of --owner alice
        relay verify receipt.json
      """,
    subcommands: [
      Develop.self, RunTestnet.self, RunNode.self, RunProvider.self, AuditNode.self,
      Status.self, Keys.self, SubmitTransaction.self, AskQuery.self, PlaceJobOrder.self, VerifyReceipt.self,
      History.self, Content.self, Snapshots.self, PrintSchema.self
    ])

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var asynchronous = command as? any AsyncParsableCommand {
        try await asynchronous.run()
      } else {
        try command.run()
      }
    } catch { Failure.exit(error, asJSON: CommandLine.arguments.contains("--json")) }
  }
}

internal import ArgumentParser
internal import Chain
internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Operations

/// `relay status`
struct Status: AsyncParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Which chain the relay serves, and where it stands.")
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let status = try await options.client.chain()
    Output.show(status.json, asJSON: options.json, Self.text(status))
  }

  private static func text(_ status: ChainStatus) -> String {
    let sequencer = status.genesis.sequencer.map { $0.didKey } ?? "none"
    return Output.table(
      ["chain", status.genesis.chain.printable],
      [
        ["policy", "\(status.genesis.policy)"], ["height", "\(status.head.height)"],
        ["block time", status.head.time.readable], ["node clock", status.now.readable],
        ["pending transactions", "\(status.pendingTransactions)"], ["sequencer", sequencer]
      ])
  }
}

internal import ArgumentParser
internal import Chain
internal import Client
internal import Encoding
internal import LedgerKit
internal import Operations

/// `relay tx`
struct SubmitTransaction: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tx", abstract: "Sign and submit a transaction, and wait until it is committed.",
    usage: "relay tx <module> <name> [--<field> <value> …] --from <key> [--fee <amount>] [--dry-run]",
    discussion: """
      Amounts are 2.5cptm or whole nano-CPTM; an address may be the name of a key. relay tx <module> <name> --help \
      lists the fields.

      TRANSACTIONS
      \(Catalogue.transactions.text)

      EXAMPLE
        relay tx money transfer --to bob --amount 2.5cptm --from alice --dry-run
      """)

  /// The options beside the transaction's own fields.
  struct Own: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @OptionGroup var signing: SigningOptions
    @Option(help: "Fee to offer; the least that the relay takes when it is missing.") var fee: String?
    @Flag(help: "Only say what would happen.") var dryRun = false
  }

  static let own = [
    "node": true, "home": true, "json": false, "from": true, "account": true, "passphrase-file": true, "fee": true,
    "dry-run": false
  ]

  @Argument(parsing: .captureForPassthrough, help: "Module, name, and flags.") var words: [String] = []

  func run() async throws {
    guard let first = words.first, first != "--help", first != "-h" else { throw CleanExit.helpRequest(Self.self) }
    let operation = try Catalogue.transactions.find(words[...])
    guard !words.contains("--help"), !words.contains("-h") else {
      return print(Catalogue.transactions.usage(of: operation, options: Own.helpMessage()))
    }
    guard case .transaction(let type) = operation.kind else { return }
    let flags = try DynamicFlags(Array(words.dropFirst(2)), of: operation.structure, own: Self.own)
    try await submit(type, flags, Own.parse(flags.rest))
  }

  private func submit<T: Transaction>(_ type: T.Type, _ flags: DynamicFlags, _ own: Own) async throws {
    let transaction = try flags.record(type, unions: Ledger.standard.unions) { text in
      "\(try own.options.address(text))"
    }
    let (key, account) = try own.signing.open(own.options)
    let client = try await own.options.signingClient()
    let body = try await client.prepare(
      [transaction], from: account, fee: try own.fee.map { try Amount(text: $0[...]) })
    let envelope = Envelope(signing: body, with: key)
    if own.dryRun { return show(try await client.check(envelope), own.options) }
    show(try await client.submit(envelope), fee: body.fee, own.options)
  }

  private func show(_ checked: DryRun, _ options: GlobalOptions) {
    Output.show(
      checked.json, asJSON: options.json, "would be taken, for a fee of \(checked.fee)\n" + Self.text(checked.events))
  }

  private func show(_ outcome: Outcome, fee: Amount, _ options: GlobalOptions) {
    let head = "\(Terminal.green("committed")) in block \(outcome.height), for a fee of \(fee)"
    let text = "\(head)\ntransaction \(outcome.result.id)\n\(Self.text(outcome.result.events))"
    Output.show(outcome.json, asJSON: options.json, text)
  }

  private static func text(_ events: [EventEntry]) -> String {
    RecordText(unions: Ledger.standard.unions).text(events.json, as: [EventEntry].shape)
  }
}

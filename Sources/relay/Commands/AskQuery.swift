internal import ArgumentParser
internal import Chain
internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Operations

/// `relay query`
struct AskQuery: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query", abstract: "Ask the committed state a question, with a checked proof if wanted.",
    usage: "relay query <module> <name> [--<field> <value> …] [--prove [--sequencer <key> | --validators <hash>]]",
    discussion: """
      QUERIES
      \(Catalogue.queries.text)

      EXAMPLE
        relay query money account-of --owner alice --prove
      """)

  /// The options beside the query's own fields.
  struct Own: ParsableArguments {
    @OptionGroup var options: GlobalOptions
    @Flag(help: "Ask for a proof under the signed state root, and check it here.") var prove = false
    @OptionGroup var trust: TrustOptions

    func validate() throws {
      guard prove || trust.sequencer == nil && trust.validators == nil else {
        throw ValidationError("--sequencer and --validators belong to --prove")
      }
    }

    /// The key that must have signed a proof: the one that is given, or else the one known of the relay.
    func trusted() async throws -> PublicKey? {
      guard prove else { return nil }
      if let key = try trust.key() { return key }
      return try await options.network().sequencer
    }
  }

  static let own = ["node": true, "home": true, "json": false, "prove": false, "sequencer": true, "validators": true]

  @Argument(parsing: .captureForPassthrough, help: "Module, name, and flags.") var words: [String] = []

  func run() async throws {
    guard let first = words.first, first != "--help", first != "-h" else { throw CleanExit.helpRequest(Self.self) }
    let operation = try Catalogue.queries.find(words[...])
    guard !words.contains("--help"), !words.contains("-h") else {
      return print(Catalogue.queries.usage(of: operation, options: Own.helpMessage()))
    }
    guard case .query(let type) = operation.kind else { return }
    let flags = try DynamicFlags(Array(words.dropFirst(2)), of: operation.structure, own: Self.own)
    try await ask(type, flags, Own.parse(flags.rest))
  }

  private func ask<Q: Query>(_ type: Q.Type, _ flags: DynamicFlags, _ own: Own) async throws {
    let query = try flags.record(type, unions: Ledger.standard.unions) { text in
      "\(try own.options.address(text))"
    }
    let answer = try await own.options.client.ask(
      anything: query, proving: own.prove, trusting: try await own.trusted())
    let isTrusted = try answer.voucher.map { try own.trust.confirm($0) } ?? false
    Output.show(Self.json(answer), asJSON: own.options.json, Self.text(answer, isTrusted: isTrusted))
  }

  private static func json(_ answer: DynamicAnswer) -> JSON {
    let members: [JSON.Member] = [.init("answer", answer.json), .init("height", answer.height.json)]
    let proof: [JSON.Member] = answer.proof.map { [.init("proof", $0.json)] } ?? []
    let voucher: [JSON.Member] = answer.voucher.map { [.init($0.flag, .string($0.name))] } ?? []
    return .object(members + proof + voucher)
  }

  private static func text(_ answer: DynamicAnswer, isTrusted: Bool) -> String {
    let record = RecordText(unions: Ledger.standard.unions).text(answer.json, as: answer.shape)
    guard let proof = answer.proof, let voucher = answer.voucher else { return record }
    let what = answer.isProvenRow ? "the answer is" : "the answer rests on"
    return "\(record)\n\(Terminal.green("✓")) \(what) what block \(proof.header.height) proves; its state root is "
      + "\(proof.header.state), \(anchor(voucher, isTrusted: isTrusted)) \(voucher.name)"
  }

  private static func anchor(_ voucher: Voucher, isTrusted: Bool) -> String {
    switch voucher {
    case .sequencer:
      isTrusted
        ? "signed by the trusted sequencer"
        : "signed by the key that the relay named at the first contact; compare it with the one its operator publishes:"
    case .validators(let quorum):
      "certified by \(quorum.signed) of \(quorum.total) voting power"
        + (isTrusted ? " of the trusted validators" : "; compare the hash of the validators with one that you know:")
    }
  }
}

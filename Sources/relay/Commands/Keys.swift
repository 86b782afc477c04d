internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
internal import Operations

/// `relay keys`
struct Keys: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make, list and rotate the keys that sign for accounts.",
    discussion: """
      EXAMPLES
        relay keys new alice
        relay keys import bob < seed.hex
        relay keys rotate alice alice-2
      """,
    subcommands: [New.self, List.self, Show.self, Import.self, Rotate.self, ProveConsensusKey.self])

  /// One key in the JSON output and the tables.
  static func json(_ name: String, _ file: KeyFile) -> JSON {
    [
      "name": .string(name), "address": file.address.json, "publicKey": file.publicKey.json,
      "didKey": .string(file.publicKey.didKey)
    ]
  }

  static func show(_ name: String, _ options: GlobalOptions) throws {
    let file = try options.keys.file(name)
    Output.show(
      json(name, file), asJSON: options.json,
      Output.table(
        ["name", name],
        [
          ["address", "\(file.address)"], ["public key", "\(file.publicKey)"], ["did:key", file.publicKey.didKey]
        ]))
  }

  struct New: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Make a new key.")
    @Argument(help: "Name of the key: lowercase letters, digits and hyphens.") var name: String
    @OptionGroup var options: GlobalOptions
    @OptionGroup var secret: PassphraseOptions

    func run() async throws {
      try options.keys.add(PrivateKey(), as: name, passphrase: try secret.passphrase(for: name))
      try Keys.show(name, options)
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the keys.")
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let keys = options.keys
      let files = try keys.names.map { ($0, try keys.file($0)) }
      let rows = files.map { [$0, "\($1.address)", $1.publicKey.didKey] }
      Output.show(
        .array(files.map(Keys.json)), asJSON: options.json, Output.table(["name", "address", "did:key"], rows))
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Show a key's address and public key.")
    @Argument(help: "Name of the key.") var name: String
    @OptionGroup var options: GlobalOptions

    func run() async throws { try Keys.show(name, options) }
  }

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Keep a key whose seed, 64 hexadecimal digits, comes from standard input.")
    @Argument(help: "Name of the key.") var name: String
    @OptionGroup var options: GlobalOptions
    @OptionGroup var secret: PassphraseOptions

    func run() async throws {
      guard let line = readLine(), let seed = Hex.decode(line[...]), seed.count == PrivateKey.seedLength else {
        throw Failure("expected a seed of 64 lowercase hexadecimal digits on standard input")
      }
      try options.keys.add(PrivateKey(seed: seed), as: name, passphrase: try secret.passphrase(for: name))
      try Keys.show(name, options)
    }
  }

  struct Rotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Replace the key of an account by a new one; the address stays.",
      discussion: "Afterwards sign with --from NEWNAME --account NAME; the old key opens the account no more.")
    @Argument(help: "Name of the key in force.") var name: String
    @Argument(help: "Name of the new key.") var newName: String
    @Option(help: "Account, by address or key name, when the key in force is not its first one.") var account: String?
    @OptionGroup var options: GlobalOptions
    @OptionGroup var secret: PassphraseOptions

    func run() async throws {
      let passphrase = try secret.passphrase(for: name)
      let old = try options.keys.open(name, passphrase: passphrase)
      let owner = try account.map(options.address) ?? Address(old.publicKey)
      let new = PrivateKey()
      // Kept before it is needed: a rotation to a lost key would lose the account.
      try options.keys.add(new, as: newName, passphrase: passphrase)
      let chain = try await options.client.chain().genesis.chain
      try await options.client.perform(RotateKey(of: owner, on: chain, to: new), as: old, sender: owner)
      try Keys.show(newName, options)
    }
  }
}

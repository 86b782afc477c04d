internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Foundation

/// Where the passphrase of a key comes from; never from a flag's value, which other programs can see.
struct PassphraseOptions: ParsableArguments {
  @Option(help: "File with the passphrase; RELAY_PASSPHRASE, or else a question, when it is missing.")
  var passphraseFile: String?

  func passphrase(for name: String) throws -> String {
    if let passphraseFile {
      guard let data = FileManager.default.contents(atPath: passphraseFile) else {
        throw Failure("cannot read the passphrase file \(passphraseFile)")
      }
      return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .newlines)
    }
    if let given = ProcessInfo.processInfo.environment["RELAY_PASSPHRASE"] { return given }
    return try Terminal.ask("Passphrase of \(name): ")
  }
}

/// Who signs.
struct SigningOptions: ParsableArguments {
  @Option(help: "Name of the key that signs.")
  var from: String
  @Option(help: "Account that acts, by address or key name, when the key is not its first one.")
  var account: String?
  @OptionGroup var secret: PassphraseOptions

  /// The key, and the account for which it acts.
  func open(_ options: GlobalOptions) throws -> (key: PrivateKey, account: Address) {
    let file = try options.keys.file(from)
    let key = try options.keys.open(from, passphrase: try secret.passphrase(for: from))
    return (key, try account.map(options.address) ?? file.address)
  }
}

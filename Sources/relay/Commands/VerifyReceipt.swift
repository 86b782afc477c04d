internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation

/// `relay verify`
struct VerifyReceipt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a receipt without a connection.",
    discussion: """
      EXAMPLE
        relay verify receipt.json --sequencer did:key:z6Mk…
      """)
  @Argument(help: "The receipt file.") var file: String
  @Option(help: "The sequencer's key as its operator publishes it: 64 hexadecimal digits or did:key.")
  var sequencer: String?
  @Flag(help: "Print one JSON document.") var json = false

  func run() async throws {
    guard let text = FileManager.default.contents(atPath: file) else { throw Failure("cannot read \(file)") }
    let receipt = try DealReceipt(parsing: Array(text))
    let trusted = try sequencer.map { try PublicKey(flag: "sequencer", $0) }
    let statements = try receipt.verify(trusting: trusted)
    Output.show(
      [
        "statements": statements.json, "sequencer": .string(receipt.sequencer.didKey),
        "sequencerIsTrusted": .boolean(trusted != nil)
      ], asJSON: json, Self.text(statements, receipt.sequencer, isTrusted: trusted != nil))
  }

  private static func text(_ statements: [String], _ sequencer: PublicKey, isTrusted: Bool) -> String {
    let anchor =
      isTrusted
      ? "\(Terminal.green("✓")) the sequencer is the trusted one"
      : "! compare the sequencer's key with the one its operator publishes, or give it with --sequencer:\n"
        + "  \(sequencer.didKey)\n  \(sequencer)"
    return (statements.map { "\(Terminal.green("✓")) \($0.printable)" } + [anchor]).joined(separator: "\n")
  }
}

internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit

/// `relay verify`
struct VerifyReceipt: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a receipt without a connection.",
    discussion: """
      EXAMPLE
        relay verify receipt.json --sequencer did:key:z6Mk…
      """)
  @Argument(help: "The receipt file.") var file: String
  @OptionGroup var trust: TrustOptions
  @Flag(help: "Print one JSON document.") var json = false

  func run() async throws {
    guard let text = FileManager.default.contents(atPath: file) else { throw Failure("cannot read \(file)") }
    let (statements, voucher) = try DealReceipt(parsing: Array(text)).verify(trusting: try trust.key())
    let isTrusted = try trust.confirm(voucher)
    let members: [JSON.Member] = [
      .init("statements", statements.json), .init(voucher.flag, .string(voucher.name)),
      .init("\(voucher.flag)IsTrusted", .boolean(isTrusted))
    ]
    Output.show(.object(members), asJSON: json, Self.text(statements, voucher, isTrusted: isTrusted))
  }

  private static func text(_ statements: [String], _ voucher: Voucher, isTrusted: Bool) -> String {
    (statements.map { "\(Terminal.green("✓")) \($0.printable)" } + [anchor(voucher, isTrusted: isTrusted)])
      .joined(separator: "\n")
  }

  private static func anchor(_ voucher: Voucher, isTrusted: Bool) -> String {
    switch voucher {
    case .sequencer(let key):
      isTrusted
        ? "\(Terminal.green("✓")) the sequencer is the trusted one"
        : "! compare the sequencer's key with the one its operator publishes, or give it with --sequencer:\n"
          + "  \(key.didKey)\n  \(key)"
    case .validators(let quorum):
      isTrusted
        ? "\(Terminal.green("✓")) the validators are the trusted ones"
        : "! compare the hash of the validators with one that you know to be the network's, or give it with --validators:\n"
          + "  \(quorum.validators)"
    }
  }
}

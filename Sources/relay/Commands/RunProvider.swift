internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation
internal import LedgerKit
internal import Logging
internal import Market
internal import Provider
internal import ServiceLifecycle
internal import UnixSignals

/// `relay provider`
struct RunProvider: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "provider",
    abstract: "Sell this machine's time: list an offer, run jobs in a sandbox, deliver results.",
    discussion: """
      EXAMPLE
        relay provider --key bob --price 0.01cptm --bond 1cptm --capacity 2
      """)
  @Option(help: "Name of the key that signs and is paid.") var key: String
  @Option(help: "What is offered, for people.") var title = "sandboxed compute"
  @Option(help: "Price of a second of use.") var price = "0.01cptm"
  @Option(help: "Amount to lock against missed deadlines.") var bond = "1cptm"
  @Option(help: "Jobs that run at once at the most.") var capacity: UInt32 = 1
  @Option(help: "Virtual processors of a job.") var processors: UInt32 = 1
  @Option(help: "Memory of a job, in MiB.") var memoryMebibytes: UInt32 = 1024
  @Option(help: "Disk of a job, in MiB.") var diskMebibytes: UInt32 = 512
  @Option(help: "Folder of the journal; provider/<address> in the folder of --home when it is missing.")
  var folder: String?
  @Option(help: "Folder for running jobs; one in the system's folder for temporary files when it is missing.")
  var jobsFolder: String?
  @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = LogLevel(value: .notice)
  @OptionGroup var secret: PassphraseOptions
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let signer = try options.keys.open(key, passphrase: try secret.passphrase(for: key))
    let logger = Logger.standard("provider", level: logLevel.value)
    let provider = Provider(
      try configuration(for: signer), key: signer, relay: try await options.signingClient(),
      logger: logger)
    let group = ServiceGroup(
      services: [provider], gracefulShutdownSignals: [.sigint, .sigterm], logger: logger)
    try await group.run()
  }

  private func configuration(for key: PrivateKey) throws -> ProviderConfiguration {
    let address = Address(key.publicKey)
    // Jobs have a user of their own, who often cannot reach what is below a home folder.
    let temporary = FileManager.default.temporaryDirectory.appending(path: "relay-provider-\(address)").path
    return ProviderConfiguration(
      folder: absolute(folder ?? "\(options.folder)/provider/\(address)"),
      jobsFolder: absolute(jobsFolder ?? temporary),
      listing: try listing())
  }

  private func absolute(_ path: String) -> String { URL(fileURLWithPath: path).path }

  private func listing() throws -> ListOffer {
    ListOffer(
      title: title,
      resources: Resources(processors: processors, memoryMebibytes: memoryMebibytes, diskMebibytes: diskMebibytes),
      pricePerSecond: try amount("price", price), capacity: capacity, bond: try amount("bond", bond))
  }

  private func amount(_ flag: String, _ text: String) throws -> Amount {
    do { return try Amount(text: text[...]) } catch { throw UsageError("--\(flag): \(error)") }
  }
}

internal import ArgumentParser
internal import Client
internal import Cryptography
internal import Encoding
internal import Foundation

/// `relay content`
struct Content: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Store and fetch files by their digest.",
    discussion: """
      EXAMPLES
        relay content put input.csv
        relay content get 9f86d081… -o input.csv
      """,
    subcommands: [Put.self, Get.self])

  struct Put: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Store a file, and print its digest.")
    @Argument(help: "The file.") var file: String
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let bytes = try Files.read(file)
      let digest = try await options.client.upload(bytes)
      Output.show(
        ["digest": digest.json, "sizeBytes": UInt64(bytes.count).json], asJSON: options.json, digest.description)
    }
  }

  struct Get: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Fetch a file, checked against its digest.")
    @Argument(help: "SHA-256 of the file, 64 hexadecimal digits.") var digest: String
    @Option(name: .shortAndLong, help: "File to write; standard output when it is missing.") var output: String?
    @OptionGroup var options: GlobalOptions

    func run() async throws {
      let bytes = try await options.client.download(Digest(text: digest[...]))
      guard let output else { return FileHandle.standardOutput.write(Data(bytes)) }
      try Files.write(bytes, to: output)
      Output.show(
        ["file": .string(output), "sizeBytes": UInt64(bytes.count).json], asJSON: options.json,
        "wrote \(output), \(bytes.count) bytes")
    }
  }
}

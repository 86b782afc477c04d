internal import Cryptography
internal import Jobs
internal import Market

/// The content of a job's inputs.
enum LoadedInputs: Sendable {
  /// All of it, by path.
  case complete([String: [UInt8]])
  /// The job cannot be run with it.
  case unusable(reason: String)
}

extension Provider {
  /// Downloads inputs, each checked against its digest, and no more than the offer has disk for.
  func load(_ inputs: [JobInput]) async throws(ProviderError) -> LoadedInputs {
    let mebibytes = offer?.resources.diskMebibytes ?? 0
    var room = Int(mebibytes) << 20
    var contents: [String: [UInt8]] = [:]
    for input in inputs {
      switch try await relay.download(input.content, atMost: room) {
      case .content(let content):
        room -= content.count
        contents[input.path] = content
      case .missing:
        return .unusable(
          reason: "the relay does not have the input \(input.path), \(input.content); upload it and order again")
      case .tooLarge:
        return .unusable(reason: "the inputs have more than the \(mebibytes) MiB of disk that the offer gives")
      }
    }
    return .complete(contents)
  }
}

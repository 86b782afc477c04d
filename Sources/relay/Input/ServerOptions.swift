internal import ArgumentParser
internal import CometEngine
internal import Logging
internal import SoloEngine

/// Where a node listens, and how it works.
struct ServerOptions: ParsableArguments {
  @Option(help: "Address to listen on; the standard one cannot be reached from other machines.")
  var host = "127.0.0.1"
  @Option(help: "Port to listen on.") var port = 4020
  @Option(help: "instant, or seconds between blocks, as in 1s; where this process sequences alone.")
  var pace = Pace(value: .every(.seconds(1)))
  @Option(help: "Where CometBFT finds this node, which is one of many then: tcp://HOST:PORT or unix://PATH.")
  var abci: ABCIListener?
  @Option(name: .customLong("comet-rpc"), help: "Where this node finds CometBFT.")
  var cometRPC = "http://127.0.0.1:26657"
  @Option(help: "Newest blocks that are kept at least, in whole files; 0 keeps all.") var keepBlocks: UInt64 = 0
  @Option(help: "Blocks from one snapshot in --home/snapshots to the next, of which two are kept; 0 makes none.")
  var snapshotEvery: UInt64 = 0
  @Flag(help: "Keep no index: histories cannot be searched, and more transactions fit. relay node reindex makes one.")
  var noIndex = false
  @Option(help: "Memory for the state on disk, in MiB; what is cached or not yet flushed stays below.")
  var stateMemory = 512
  @Option(help: "trace, debug, info, notice, warning or error.") var logLevel = LogLevel(value: .notice)

  func validate() throws {
    let allowed = 16...1_048_576
    guard allowed.contains(stateMemory) else {
      throw ValidationError(
        "--state-memory \(stateMemory): expected \(allowed.lowerBound) to \(allowed.upperBound) MiB")
    }
  }
}

/// Where a consensus engine finds the node, as a flag.
struct ABCIListener: ExpressibleByArgument {
  let value: ABCIAddress

  init?(argument: String) {
    guard let value = ABCIAddress(argument) else { return nil }
    self.value = value
  }
}

/// When blocks are made, as a flag.
struct Pace: ExpressibleByArgument {
  let value: SoloEngine.Pace

  init(value: SoloEngine.Pace) { self.value = value }

  init?(argument: String) {
    if argument == "instant" {
      value = .instant
    } else if argument.hasSuffix("s"), let seconds = Int(argument.dropLast()), seconds > 0 {
      value = .every(.seconds(seconds))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String {
    if case .every(let interval) = value { "\(interval.components.seconds)s" } else { "instant" }
  }
}

/// How much is logged, as a flag.
struct LogLevel: ExpressibleByArgument {
  let value: Logger.Level

  init(value: Logger.Level) { self.value = value }

  init?(argument: String) {
    guard let value = Logger.Level(rawValue: argument) else { return nil }
    self.value = value
  }

  var defaultValueDescription: String { value.rawValue }
}

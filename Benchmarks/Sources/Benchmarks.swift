internal import ArgumentParser
internal import Foundation

/// `relay-benchmarks`
@main struct Benchmarks: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relay-benchmarks",
    abstract: "Measure the relay beside its peers on this machine, and print one table.",
    discussion: "ROWS\n" + Row.all.map { "  \($0.name): \($0.doc)" }.joined(separator: "\n"))

  @Option(help: "Rows to measure, separated by commas; all but the long ones when it is missing.")
  var rows: RowNames?
  @Option(help: "Time that each load runs, in seconds.") var seconds = 60
  @Option(help: "Accounts in the ledger and in the peers' tables.") var accounts = 1_000_000
  @Option(help: "Accounts of each step of the row growth, separated by commas.")
  var growth = Counts(values: [100_000, 1_000_000, 10_000_000])
  @Option(help: "Runs; every figure is the median of them.") var runs = 3
  @Flag(inversion: .prefixedNo, help: "Measure the peers too.") var peers = true
  @Flag(help: "Print the JSON list instead of the table.") var json = false
  @Option(help: "Folder that the results are written to; nothing is written when it is missing.")
  var output: String?
  @Option(help: "The relay to measure; the one beside this program when it is missing.")
  var relay: String?

  func validate() throws {
    for (name, value) in [("seconds", seconds), ("runs", runs)] where value < 1 {
      throw ValidationError("--\(name) is \(value); expected at least 1")
    }
    for count in growth.values + [accounts] where count < 100 {
      throw ValidationError("\(count) accounts are too few; expected at least 100")
    }
  }

  func run() async throws {
    let setting = Setting(
      seconds: seconds, accounts: accounts, growth: growth.values, relay: relay ?? Setting.standardRelay)
    var session = Session(setting: setting, runs: runs, hasPeers: peers)
    await session.measure(rows?.rows ?? Row.standard)
    let report = session.report
    print(json ? try report.json : report.table)
    if let output { try report.write(to: output) }
    if session.hasFailures { throw ExitCode.failure }
  }
}

/// Names of rows, as a flag.
struct RowNames: ExpressibleByArgument {
  let rows: [Row]

  init?(argument: String) {
    let names = argument.split(separator: ",")
    rows = names.compactMap { name in Row.all.first { $0.name == name } }
    guard rows.count == names.count else { return nil }
  }

  static var allValueStrings: [String] { Row.all.map(\.name) }
}

/// Numbers separated by commas, as a flag.
struct Counts: ExpressibleByArgument {
  let values: [Int]

  init(values: [Int]) { self.values = values }

  init?(argument: String) {
    let parts = argument.split(separator: ",")
    values = parts.compactMap { Int($0) }
    guard values.count == parts.count else { return nil }
  }

  var defaultValueDescription: String { values.map(String.init).joined(separator: ",") }
}

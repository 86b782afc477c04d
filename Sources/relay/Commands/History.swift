internal import ArgumentParser
internal import Chain
internal import Client
internal import Encoding
internal import LedgerKit
internal import Operations

/// `relay history`
struct History: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "What happened to an account, newest first.",
    discussion: """
      EXAMPLE
        relay history alice --limit 5
      """)
  @Argument(help: "Address or key name.") var account: String
  @Option(help: "Only older events: the cursor that the page before ends with.") var before: String?
  @Option(help: "Events at the most.") var limit: UInt32?
  @OptionGroup var options: GlobalOptions

  func run() async throws {
    let page = try await options.client.history(of: options.address(account), before: before, limit: limit)
    Output.show(page.json, asJSON: options.json, Self.text(page))
  }

  private static func text(_ page: EventPage) -> String {
    let rows = page.events.map { [$0.time.readable, $0.cursor.text, summary($0.event)] }
    let table = Output.table(["time", "cursor", "event"], rows)
    return page.next.map { "\(table)\nolder: --before \($0)" } ?? table
  }

  /// `Transferred from cptm1…, to cptm1…, amount 2.5 CPTM`
  private static func summary(_ entry: EventEntry) -> String {
    let lines = RecordText(unions: Ledger.standard.unions).text(entry.json, as: EventEntry.shape).split(separator: "\n")
    let fields = lines.dropFirst().map { $0.split(separator: " ").joined(separator: " ") }
    return "\(lines.first ?? "") \(fields.joined(separator: ", "))"
  }
}

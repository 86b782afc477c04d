internal import Encoding
internal import LedgerKit
internal import Node

/// Shows a test network as it runs: a table that is drawn over on a terminal, and lines elsewhere.
struct TestnetView {
  let observer: TestnetObserver
  let isJSON: Bool
  /// Lines that the last picture took.
  private var drawn = 0

  init(_ observer: TestnetObserver, asJSON isJSON: Bool) {
    self.observer = observer
    self.isJSON = isJSON
  }

  private var interval: Duration { isJSON || Terminal.hasOutput ? .seconds(1) : .seconds(5) }

  /// Shows one picture after the other until the task is cancelled.
  mutating func run() async throws {
    while true {
      try await Task.sleep(for: interval)
      let statuses = await observer.look()
      try Task.checkCancellation()
      show(statuses)
    }
  }

  private mutating func show(_ statuses: [ValidatorStatus]) {
    let text: String
    if isJSON {
      text = Self.json(statuses).text()
    } else if Terminal.hasOutput {
      text = picture(statuses)
    } else {
      text = statuses.map(Self.line).joined(separator: "\n")
    }
    Output.line(text)
  }

  private static func json(_ statuses: [ValidatorStatus]) -> JSON {
    ["time": Timestamp.now().json, "validators": .array(statuses.map(\.json))]
  }

  private static func line(_ status: ValidatorStatus) -> String {
    let cells = zip(ValidatorStatus.columns, status.cells).map { "\($0) \($1)" }.joined(separator: ", ")
    return status.note.map { "\(cells)\n\($0)" } ?? cells
  }

  /// The table, over the last one.
  private mutating func picture(_ statuses: [ValidatorStatus]) -> String {
    let up = drawn == 0 ? "" : "\u{1B}[\(drawn)A\u{1B}[J"
    let width = Terminal.width
    let notes = statuses.compactMap(\.note).flatMap { $0.split(separator: "\n") }.map { String($0.prefix(width)) }
    drawn = 1 + statuses.count + notes.count
    let table = Output.table(ValidatorStatus.columns, statuses.map(\.cells), width: width)
    return up + ([table] + notes).joined(separator: "\n")
  }
}

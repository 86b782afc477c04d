internal import Foundation

/// How large the measurements are.
struct Setting: Sendable {
  /// Time that each load runs, in seconds.
  let seconds: Int
  /// Accounts in the ledger and in the peers' tables.
  let accounts: Int
  /// Accounts of each step of the row `growth`.
  let growth: [Int]
  /// Path of the relay's executable.
  let relay: String

  /// Time for figures that settle quickly, in seconds.
  var briefSeconds: Double { min(Double(seconds), 5) }

  /// The relay that was built beside this program.
  static var standardRelay: String {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "relay").path
  }
}

internal import Foundation

/// A line on the terminal that tells how far long work has come.
struct Progress: Sendable {
  let isShown: Bool
  /// What is counted.
  var unit = "blocks"

  func show(_ done: UInt64, of total: UInt64) {
    guard isShown else { return }
    let percent = total == 0 ? 100 : done * 100 / total
    FileHandle.standardError.write(Data("\r\(done) of \(total) \(unit) (\(percent) %)".utf8))
  }

  func finish() {
    guard isShown else { return }
    FileHandle.standardError.write(Data("\n".utf8))
  }
}

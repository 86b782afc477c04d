import Foundation
import Testing

/// The files that these tests use, beside the test targets.
enum FixtureFiles {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/Encoding")

  static let crossCheck = folder.appending(path: "cross_check.py")

  /// Compares with a text that changes only by explicit approval: `APPROVE_GOLDEN=1` writes it anew.
  static func expectGolden(_ text: String, _ name: String) throws {
    let file = folder.appending(path: name)
    if ProcessInfo.processInfo.environment["APPROVE_GOLDEN"] != nil {
      try text.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == text)
  }
}

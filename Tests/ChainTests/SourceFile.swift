import Foundation

/// A Swift file of the repository.
struct SourceFile {
  let path: String
  let text: String

  private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The Swift files under a folder of the repository, in the order of their paths.
  static func all(under folder: String) throws -> [SourceFile] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path())
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let url = root.appending(path: folder).appending(path: path)
      return SourceFile(path: "\(folder)/\(path)", text: try String(contentsOf: url, encoding: .utf8))
    }
  }

  /// The lines with their numbers, without comments and the contents of string literals.
  var code: [(number: Int, text: String)] {
    text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map { index, line in
      let bare = line.replacing(#/"(\\.|[^"\\])*"/#, with: "\"\"").replacing(#/\/\/.*/#, with: "")
      return (index + 1, String(bare))
    }
  }
}

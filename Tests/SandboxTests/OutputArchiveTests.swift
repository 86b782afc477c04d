import Foundation
import Testing

@testable import Sandbox

@Suite struct OutputArchiveTests {
  private func entry(_ path: String, _ kind: Character, size: String, _ content: String = "") -> Data {
    var header = Data(count: 512)
    header.replaceSubrange(0..<path.utf8.count, with: path.utf8)
    header.replaceSubrange(124..<124 + size.utf8.count, with: size.utf8)
    header[156] = kind.asciiValue ?? 0
    var body = Data(content.utf8)
    body.append(Data(count: (512 - body.count % 512) % 512))
    return header + body
  }

  @Test func readsRegularFilesAndSkipsTheRest() {
    let archive = entry("a", "0", size: "2", "hi") + entry("l", "2", size: "0") + entry("b", "0", size: "0")
    #expect(OutputArchive(archive).files == ["a": Data("hi".utf8), "b": Data()])
  }

  @Test func theFirstOfAPathCounts() {
    let archive = entry("a", "0", size: "1", "1") + entry("a", "0", size: "1", "2")
    #expect(OutputArchive(archive).files == ["a": Data("1".utf8)])
  }

  @Test(arguments: ["-1", "77777777777", "x", "", "1001"])
  func stopsAtAFalseSize(size: String) {
    let archive = entry("a", "0", size: "1", "1") + entry("b", "0", size: size, "2")
    #expect(OutputArchive(archive).files == ["a": Data("1".utf8)])
  }

  @Test func survivesACutHeader() {
    #expect(OutputArchive(entry("a", "0", size: "0").prefix(511)).files.isEmpty)
  }
}

import Encoding
import Foundation
import Testing

@testable import CometEngine

/// Conversations of CometBFT 0.38.25 with an application, recorded byte by byte: the server answers them as that one did.
@Suite("A recorded conversation")
struct TraceTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Trace").path

  /// Names of the recorded connections: the scenario and the number of the connection.
  private static let connections: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { $0.hasSuffix(".req.bin") }.map { String($0.dropLast(8)) }.sorted()
  }()

  private static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name).bin")))
  }

  @Test("is there for every scenario and connection")
  func complete() { #expect(Self.connections.count == 96) }

  @Test("is answered in the same kinds and the same order, however the bytes are cut", arguments: connections)
  func replay(connection: String) async throws {
    let requests = try Self.bytes("\(connection).req")
    let expected = Frames.contents(of: try Self.bytes("\(connection).res")).map(Frames.kind)
    let size = [1, 7, 1000, Int.max][connection.utf8.reduce(0) { $0 + Int($1) } % 4]
    try await Conversation.with(KeyValueApplication()) { conversation in
      let answers = try await conversation.send(requests, inPiecesOf: size, expecting: expected.count)
      #expect(Frames.contents(of: answers).map(Frames.kind) == expected)
    }
  }

  @Test("loses nothing when it is read and written again", arguments: connections)
  func roundTrip(connection: String) throws {
    for content in Frames.contents(of: try Self.bytes("\(connection).req")) {
      let request = try ABCIRequest(foreign: content)
      let again = Frames.contents(of: Frames.frame(request))
      let reread = try again.map { try ABCIRequest(foreign: $0) }
      #expect(reread == [request])
    }
  }
}

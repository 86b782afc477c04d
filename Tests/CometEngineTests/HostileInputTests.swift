import Encoding
import Engine
import LedgerKit
import Testing

@testable import CometEngine

/// Bytes that no engine sends end the connection with a reason, and nothing else.
@Suite("Hostile input")
struct HostileInputTests {
  /// What is sent, and what the reason says.
  struct Input: Sendable, CustomStringConvertible {
    let description: String
    let bytes: [UInt8]
    let reason: String

    init(_ description: String, _ bytes: [UInt8], _ reason: String) {
      self.description = description
      self.bytes = bytes
      self.reason = reason
    }
  }

  private static let inputs = [
    Input("a length of six bytes", [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], "more than five bytes"),
    Input("a frame of 256 MiB", [0x80, 0x80, 0x80, 0x80, 0x01], "at most"),
    Input("a request of no kind", [2, 0x22, 0], "required"),
    Input("an empty frame", [0], "required"),
    Input("a number where a message belongs", [2, 0x18, 1], "wire type 0"),
    Input("a message where a number belongs", [6, 0x42, 4, 0x12, 2, 1, 0xFF], "end early"),
    Input("a group", [2, 0x1B, 0x1C], "wire type 3"),
    Input("a field that ends early", [3, 0x42, 9, 0x0A], "end early"),
    Input("a varint of ten bytes that goes on", [12, 0x42, 10] + [UInt8](repeating: 0xFF, count: 10), "does not fit"),
    Input(
      "a varint of more than 64 bits", [15, 0x42, 13, 0x10] + [UInt8](repeating: 0xFF, count: 11) + [0],
      "does not fit"),
    Input("text that is not UTF-8", [5, 0x0A, 3, 0x0A, 1, 0xFF], "UTF-8")
  ]

  @Test("is told why", arguments: inputs)
  func refused(input: Input) async throws {
    try await Conversation.with(KeyValueApplication()) { conversation in
      let answers = Frames.contents(of: try await conversation.send(input.bytes, expecting: 1))
      let last = try #require(answers.last)
      guard case .exception(let message) = try ABCIResponse(foreign: last) else {
        Issue.record("\(input) is answered")
        return
      }
      #expect(message.reason.contains(input.reason), "\(message.reason)")
      // The server is there for others.
      try await expectService(from: conversation)
    }
  }

  @Test("does no harm, whatever it is")
  func noise() async throws {
    try await Conversation.with(KeyValueApplication()) { conversation in
      for seed in 0..<50 {
        var random = Random(seed: UInt64(seed))
        var bytes = random.bytes(1 + random.below(200))
        bytes[0] = UInt8(min(bytes.count - 1, 127))
        _ = try? await withThrowingTaskGroup(of: [UInt8].self) { [bytes] group in
          group.addTask { try await conversation.send(bytes, expecting: 1) }
          group.addTask {
            // Noise may be the beginning of a longer frame, which nothing answers.
            try await Task.sleep(for: .milliseconds(100))
            return []
          }
          defer { group.cancelAll() }
          return try await group.next() ?? []
        }
      }
      try await expectService(from: conversation)
    }
  }

  private func expectService(from conversation: Conversation) async throws {
    let answers = try await conversation.send(Frames.frame(.flush(EmptyMessage())), expecting: 1)
    #expect(Frames.contents(of: answers).map(Frames.kind) == [3])
  }

  @Test("of any request, spoilt at any byte, is read or refused")
  func mutations() {
    var random = Random(seed: 1)
    for _ in 0..<2_000 {
      var bytes = Frames.frame(.sample(&random))
      bytes[random.below(bytes.count)] ^= UInt8(1 + random.below(255))
      for content in Frames.contents(of: bytes) { _ = try? ABCIRequest(foreign: content) }
    }
  }
}

@Suite("The engine's report")
struct EngineReportTests {
  @Test("of more power than CometBFT allows is refused, whatever the sum would be")
  func power() {
    func report(_ powers: [UInt64]) throws -> EngineReport {
      let votes = powers.map { power in
        VoteInformation(
          validator: ValidatorInformation(address: Bytes([UInt8](repeating: 1, count: 20)), power: power), flag: 2)
      }
      return try EngineReport(
        FinalizeRequest(
          transactions: [], lastCommit: CommitInformation(round: 0, votes: votes), misbehavior: [], hash: Bytes([]),
          height: 1, time: nil, proposer: Bytes([])))
    }
    #expect((try? report([1, 2]))?.votes.map(\.power) == [1, 2])
    #expect(throws: EngineError.self) { _ = try report([.max, .max]) }
    #expect(throws: EngineError.self) { _ = try report([1 << 59, 1 << 59, 1]) }
  }
}

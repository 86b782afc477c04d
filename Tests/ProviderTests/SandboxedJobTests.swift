import Cryptography
import Encoding
import Jobs
import LedgerKit
import Market
import Sandbox
import Testing

@Suite(
  .enabled(
    "needs bubblewrap, util-linux and user namespaces; BubblewrapExecutor.check() says which is missing",
    Rig.hasSandbox),
  .timeLimit(.minutes(2)))
struct SandboxedJobTests {
  @Test func deliversOutputsByTheirDigests() async throws {
    let rig = try Rig()
    let words = try await rig.relay.upload(Array("b\na\n".utf8))
    let job = Rig.job(
      "sh", "-c", "sort words > sorted; echo done", inputs: [JobInput(path: "words", content: words)],
      outputs: ["sorted"])
    try await rig.serving(BubblewrapExecutor()) { _ in
      let deal = try await rig.deal(try await rig.order(job), reaching: .submitted)
      let result = try await rig.result(of: deal)
      #expect(result.outcome == .succeeded)
      #expect(deal.job == job.id)
      let sorted = Array("a\nb\n".utf8)
      #expect(result.outputs == [JobOutput(path: "sorted", content: Digest(of: sorted), sizeBytes: 4)])
      #expect(try await rig.relay.download(Digest(of: sorted)) == sorted)
      #expect(try await rig.relay.download(try #require(result.standardOutput)) == Array("done\n".utf8))
    }
    await rig.finish()
  }

  @Test func deliversAFailure() async throws {
    let rig = try Rig()
    try await rig.serving(BubblewrapExecutor()) { _ in
      let id = try await rig.order(Rig.job("sh", "-c", "echo why >&2; exit 3"))
      let result = try await rig.result(of: try await rig.deal(id, reaching: .submitted))
      #expect(result.outcome == .failed)
      #expect(result.exitCode == 3)
      #expect(try await rig.relay.download(try #require(result.standardError)) == Array("why\n".utf8))
    }
    await rig.finish()
  }

  @Test func deliversWhatCannotBeRunForNothing() async throws {
    let rig = try Rig()
    try await rig.serving(BubblewrapExecutor()) { _ in
      let id = try await rig.order(Rig.job("no-such-program"))
      let deal = try await rig.deal(id, reaching: .submitted)
      let result = try await rig.result(of: deal)
      #expect(result.outcome == .failed)
      #expect(deal.usageMilliseconds == 0)
      let reason = try await rig.relay.download(try #require(result.standardError))
      #expect(String(decoding: reason, as: UTF8.self).contains("no-such-program is not installed"))
    }
    await rig.finish()
  }

  @Test("ends a job at its own limit, and at what the budget pays for", arguments: [(1, 100), (20, 1)])
  func endsAJobAtItsTime(wall: UInt32, budgetSeconds: UInt64) async throws {
    let rig = try Rig()
    try await rig.serving(BubblewrapExecutor()) { _ in
      let id = try await rig.order(Rig.job("sleep", "1000", wall: wall), seconds: budgetSeconds)
      let result = try await rig.result(of: try await rig.deal(id, reaching: .submitted))
      #expect(result.outcome == .timedOut)
      #expect(result.usageMilliseconds < 10_000)
    }
    await rig.finish()
  }
}

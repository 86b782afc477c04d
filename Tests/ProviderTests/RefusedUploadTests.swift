import Client
import Cryptography
import Jobs
import LedgerKit
import Market
import Operations
import Testing

@testable import Provider

@Suite(.timeLimit(.minutes(1)))
struct RefusedUploadTests {
  private static let output = 400

  @Test("delivers a failure that costs nothing when the outputs are refused", arguments: [413, 507, 500])
  func deliversAFailure(status: UInt32) async throws {
    let (deal, rig) = try await deliver(.upload(status: status, aboveBytes: Self.output - 1))
    let result = try await rig.result(of: deal)
    #expect(result.outcome == .failed)
    #expect(deal.usageMilliseconds == 0)
    let reason = try await rig.relay.download(try #require(result.standardError))
    #expect(
      String(decoding: reason, as: UTF8.self) == "the relay does not store the outputs: no room for 400 bytes\n")
    await rig.finish()
  }

  @Test func keepsItsBondWhenNothingIsStoredAtAll() async throws {
    let (deal, rig) = try await deliver(.upload(status: 507, aboveBytes: 0))
    #expect(deal.usageMilliseconds == 0)
    #expect(rig.log.messages.contains("the relay refused a result"))
    await rig.finish()
  }

  /// The deal of a job with an output, once a result is submitted; its uploads meet `failure`.
  private func deliver(_ failure: MemoryRelay.Failure) async throws -> (Deal, Rig) {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    let deal = try await rig.serving(executor) { _ in
      let id = try await rig.order(Rig.job(String(repeating: "x", count: Self.output)))
      try await rig.wait { executor.runs == 1 }
      await rig.relay.fail(failure)
      executor.release()
      return try await rig.deal(id, reaching: .submitted)
    }
    #expect(executor.runs == 1)
    return (deal, rig)
  }

  @Test(
    "knows what may pass by itself",
    arguments: [
      (413, false), (422, false), (429, true), (500, false), (502, true), (503, true), (504, true), (507, false)
    ])
  func knowsOutages(status: UInt32, isOutage: Bool) {
    #expect(ClientError.problem(Problem(title: "", status: status, detail: "")).isOutage == isOutage)
  }
}

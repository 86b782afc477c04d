import Client
import Cryptography
import Foundation
import Jobs
import LedgerKit
import Market
import Provider
import Sandbox
import ServiceLifecycle
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RestartTests {
  @Test func runsAnInterruptedJobAgain() async throws {
    let rig = try Rig()
    let first = CountingExecutor(isHeld: true)
    let id = try await rig.serving(first) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { first.runs == 1 }
      return id
    }
    let leftover = rig.folder.appendingPathComponent("jobs/\(id)/inputs")
    try FileManager.default.createDirectory(at: leftover, withIntermediateDirectories: true)
    let second = CountingExecutor()
    try await rig.serving(second) { _ in _ = try await rig.deal(id, reaching: .submitted) }
    #expect(second.runs == 1)
    #expect(!FileManager.default.fileExists(atPath: leftover.path))
    #expect(await rig.relay.count(of: ListOffer.self) == 1)
    await rig.finish()
  }

  @Test func submitsAStoredResultWithoutRunningTheJobAgain() async throws {
    let rig = try Rig()
    await rig.relay.fail(.submission(SubmitResult.code))
    let first = CountingExecutor()
    let id = try await rig.serving(first) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { await rig.relay.refusedCalls > 0 }
      return id
    }
    await rig.relay.fail(nil)
    let second = CountingExecutor()
    try await rig.serving(second) { _ in _ = try await rig.deal(id, reaching: .submitted) }
    #expect(first.runs == 1)
    #expect(second.runs == 0)
    #expect(await rig.relay.count(of: SubmitResult.self) == 1)
    await rig.finish()
  }

  @Test func countsWhatWasPaidWhileItWasAway() async throws {
    let rig = try Rig()
    let id = try await rig.serving(CountingExecutor()) { _ in
      let id = try await rig.order(Rig.job("true"))
      _ = try await rig.deal(id, reaching: .submitted)
      return id
    }
    let body = try await rig.relay.prepare(
      [AcceptResult(deal: id)], from: Address(rig.buyer.publicKey), fee: nil, maximumFee: .zero)
    _ = try await rig.relay.submit(Envelope(signing: body, with: rig.buyer))
    for _ in 1...2 {
      try await rig.serving(CountingExecutor()) { provider in
        try await rig.wait { await provider.status.finished > 0 }
        #expect(await provider.status.finished == 1)
      }
    }
    await rig.finish()
  }

  @Test func keepsRunningJobsWhileTheRelayIsAway() async throws {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    try await rig.serving(executor) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { executor.runs == 1 }
      await rig.relay.fail(.everything)
      executor.release()
      try await rig.wait { await rig.relay.refusedCalls > 3 }
      #expect(rig.log.messages.count { $0 == "the relay gives no answer; trying again" } == 1)
      await rig.relay.fail(nil)
      _ = try await rig.deal(id, reaching: .submitted)
    }
    #expect(executor.runs == 1)
    #expect(rig.log.messages.contains("the relay answers again"))
    await rig.finish()
  }

  @Test func startsAnewOnAnotherNetwork() async throws {
    let rig = try Rig()
    try await rig.serving(CountingExecutor()) { _ in
      _ = try await rig.deal(try await rig.order(Rig.job("true")), reaching: .submitted)
    }
    let other = try Rig(folder: rig.folder)
    await other.relay.advance(seconds: 61)
    try await other.serving(CountingExecutor()) { _ in
      _ = try await other.deal(try await other.order(Rig.job("true")), reaching: .submitted)
    }
    #expect(other.log.messages.contains("a delivery was for another network"))
    await other.finish()
  }

  @Test(
    "leaves time to deliver what it runs again", arguments: [(40, [13]), (52, [1]), (53, [])] as [(UInt64, [UInt32])])
  func leavesTimeToDeliver(passedSeconds: UInt64, wallSeconds: [UInt32]) async throws {
    let rig = try Rig()
    let first = CountingExecutor(isHeld: true)
    let id = try await rig.serving(first) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { first.runs == 1 }
      return id
    }
    await rig.relay.advance(seconds: passedSeconds)
    let second = CountingExecutor()
    try await rig.serving(second) { _ in
      let result = try await rig.result(of: try await rig.deal(id, reaching: .submitted))
      #expect(result.outcome == (wallSeconds.isEmpty ? .failed : .succeeded))
    }
    #expect(second.jobs.map(\.limits.wallSeconds) == wallSeconds)
    await rig.finish()
  }

  @Test func freesItsCapacityWhenItCameBackTooLate() async throws {
    let rig = try Rig()
    let first = CountingExecutor(isHeld: true)
    let late = try await rig.serving(first) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { first.runs == 1 }
      return id
    }
    await rig.relay.advance(seconds: 60)
    let second = CountingExecutor()
    try await rig.serving(second) { _ in
      _ = try await rig.deal(late, reaching: .expired)
      _ = try await rig.deal(try await rig.order(Rig.job("true")), reaching: .submitted)
    }
    #expect(second.runs == 1)
    await rig.finish()
  }
}

@Suite(.timeLimit(.minutes(1)))
struct RenewalTests {
  @Test("lists a new offer only when penalties took too much of the bond", arguments: [(100, 2), (125, 1)])
  func renewsItsOffer(bondThousandths: UInt64, offers: Int) async throws {
    let bond = Amount(nano: bondThousandths * Amount.unitsPerToken / 1_000)
    let rig = try Rig()
    let first = CountingExecutor(isHeld: true)
    let late = try await rig.serving(first, bond: bond) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { first.runs == 1 }
      return id
    }
    await rig.relay.advance(seconds: 60)
    try await rig.serving(CountingExecutor(), bond: bond) { _ in
      _ = try await rig.deal(late, reaching: .expired)
      try await rig.wait { await rig.relay.count(of: ListOffer.self) == offers }
      _ = try await rig.deal(try await rig.order(Rig.job("true")), reaching: .submitted)
    }
    #expect(await rig.relay.count(of: ListOffer.self) == offers)
    #expect(await rig.relay.count(of: CloseOffer.self) == offers - 1)
    #expect(rig.log.messages.contains { $0.contains("below the network's minimum") } == (offers == 2))
    await rig.finish()
  }
}

@Suite(.timeLimit(.minutes(1)))
struct ShutdownTests {
  @Test("lets running jobs end, and cancels them at the deadline", arguments: [true, false])
  func stopsGracefully(isPatient: Bool) async throws {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    let provider = rig.provider(executor, shutdownGrace: isPatient ? .seconds(60) : .zero)
    let group = ServiceGroup(services: [provider], logger: rig.log.logger)
    let running = Task { try await group.run() }
    let id = try await rig.order(Rig.job("true"))
    try await rig.wait { executor.runs == 1 }
    await group.triggerGracefulShutdown()
    if isPatient { executor.release() }
    try await running.value
    #expect(try await rig.relay.ask(DealOf(deal: id)).state == (isPatient ? .submitted : .active))
    #expect(await provider.status.running == [])
    await rig.finish()
  }

  @Test func refusesAFolderInUse() async throws {
    let rig = try Rig()
    try await rig.serving(CountingExecutor()) { _ in
      _ = try await rig.order(Rig.job("true"))
      await #expect { try await rig.provider(CountingExecutor()).run() } throws: {
        "\($0)".contains("another provider uses this folder")
      }
    }
    await rig.finish()
  }

  @Test func refusesTheFolderOfAnotherAccount() async throws {
    let rig = try Rig()
    try await rig.serving(CountingExecutor()) { _ in _ = try await rig.order(Rig.job("true")) }
    let provider = rig.provider(CountingExecutor(), key: PrivateKey())
    await #expect { try await provider.run() } throws: { "\($0)".contains("use that account, or another folder") }
    await rig.finish()
  }

  @Test func refusesToRunWithoutASandbox() async throws {
    let rig = try Rig()
    await #expect { try await rig.provider(NoSandbox()).run() } throws: {
      "\($0)" == "bwrap is not installed; it comes with the Debian package bubblewrap"
    }
    #expect(await rig.relay.count(of: ListOffer.self) == 0)
    await rig.finish()
  }

  private struct NoSandbox: Executor {
    func check(in workingFolder: String) async throws(ExecutorError) {
      throw .missingTool(name: "bwrap", package: "bubblewrap")
    }
    func run(_ job: Job, inputs: [String: [UInt8]], in folder: String) async throws(ExecutorError) -> Execution {
      throw .cancelled
    }
  }
}

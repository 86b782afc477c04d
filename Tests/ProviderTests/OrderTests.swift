import Cryptography
import Encoding
import Jobs
import LedgerKit
import Market
import Provider
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OrderTests {
  @Test func declinesWhatItNeverCanRun() async throws {
    let rig = try Rig()
    let executor = CountingExecutor()
    try await rig.serving(executor) { _ in
      let limits = JobLimits(
        wallSeconds: 20, cpuSeconds: 20, memoryMebibytes: 4_096, diskMebibytes: 4, processes: 16)
      let job = Job(command: ["true"], inputs: [], outputs: [], limits: limits)
      _ = try await rig.deal(try await rig.order(job), reaching: .declined)
    }
    #expect(await reasons(rig) == ["limits.memoryMebibytes is 4096; the offer gives 256"])
    #expect(executor.runs == 0)
    await rig.finish()
  }

  @Test func declinesInputsThatItCannotGet() async throws {
    let rig = try Rig()
    let absent = Digest(of: Array("absent".utf8))
    let missing = Rig.job("true")
    let incomplete = Rig.job("true", inputs: [JobInput(path: "data", content: absent)])
    let content = try await rig.relay.upload([UInt8](repeating: 0, count: 1 << 25))
    let large = Rig.job("true", inputs: ["a", "b", "c"].map { JobInput(path: $0, content: content) })
    try await rig.serving(CountingExecutor()) { _ in
      _ = try await rig.deal(try await rig.order(missing, storing: false), reaching: .declined)
      _ = try await rig.deal(try await rig.order(incomplete), reaching: .declined)
      _ = try await rig.deal(try await rig.order(large), reaching: .declined)
    }
    #expect(
      await reasons(rig) == [
        "the relay does not have the job \(missing.id); upload it and order again",
        "the relay does not have the input data, \(absent); upload it and order again",
        "the inputs have more than the 64 MiB of disk that the offer gives"
      ])
    await rig.finish()
  }

  @Test func readsNoMoreOfAJobThanOneCanHave() async throws {
    let rig = try Rig()
    let large = Rig.job(String(repeating: "x", count: 1 << 20))
    try await rig.serving(CountingExecutor()) { _ in
      _ = try await rig.deal(try await rig.order(large), reaching: .declined)
    }
    #expect(await reasons(rig) == ["content \(large.id) is not a job: it has more than 1048576 bytes"])
    await rig.finish()
  }

  @Test func aSlowOrderDelaysNoOther() async throws {
    let rig = try Rig()
    let slow = Rig.job("echo", "slow")
    await rig.relay.fail(.download(slow.id))
    try await rig.serving(CountingExecutor()) { _ in
      let waiting = try await rig.order(slow)
      try await rig.wait { await rig.relay.refusedCalls > 0 }
      _ = try await rig.deal(try await rig.order(Rig.job("true")), reaching: .submitted)
      #expect(try await rig.relay.ask(DealOf(deal: waiting)).state == .funded)
      await rig.relay.fail(nil)
      _ = try await rig.deal(waiting, reaching: .submitted)
    }
    await rig.finish()
  }

  private func reasons(_ rig: Rig) async -> [String] {
    await rig.relay.committed.compactMap { ($0 as? DeclineOrder)?.reason }
  }

  @Test("runs as many jobs at once as it has capacity for", arguments: [1, 2])
  func runsWithinCapacity(capacity: UInt32) async throws {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    try await rig.serving(executor, capacity: capacity) { _ in
      var deals: [Identifier] = []
      for number in 1...3 { deals.append(try await rig.order(Rig.job("echo", String(number)))) }
      try await rig.wait { executor.runs == capacity }
      executor.release()
      for deal in deals { _ = try await rig.deal(deal, reaching: .submitted) }
    }
    #expect(executor.runs == 3)
    #expect(executor.mostAtOnce == capacity)
    #expect(await rig.relay.count(of: SubmitResult.self) == 3)
    await rig.finish()
  }

  @Test("claims what was metered, and no more than the time that passed", arguments: [(10, 1_500), (1, 1_000)])
  func claimsMeteredUse(passedSeconds: UInt64, claimed: UInt64) async throws {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    try await rig.serving(executor) { _ in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { executor.runs == 1 }
      await rig.relay.advance(seconds: passedSeconds)
      executor.release()
      #expect(try await rig.deal(id, reaching: .submitted).usageMilliseconds == claimed)
    }
    await rig.finish()
  }

  @Test func isPaidWhenTheBuyerStaysSilent() async throws {
    let rig = try Rig()
    let executor = CountingExecutor(isHeld: true)
    try await rig.serving(executor) { provider in
      let id = try await rig.order(Rig.job("true"))
      try await rig.wait { executor.runs == 1 }
      await rig.relay.advance(seconds: 2)
      executor.release()
      _ = try await rig.deal(id, reaching: .submitted)
      await rig.relay.advance(seconds: 60)
      #expect(try await rig.deal(id, reaching: .completed).paid == Amount(nano: 1_500_000))
      try await rig.wait { await provider.status.finished == 1 }
      #expect(await provider.status.earned == Amount(nano: 1_500_000))
      #expect(await provider.status.running == [])
    }
    #expect(await rig.relay.count(of: ExpireDeal.self) == 1)
    await rig.finish()
  }
}

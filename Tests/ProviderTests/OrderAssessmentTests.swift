import Cryptography
import Encoding
import Jobs
import LedgerKit
import Market
import Testing

@testable import Provider

struct OrderAssessmentTests {
  /// One order, and why it is declined; accepted with so many seconds when `reason` is missing.
  struct Row: Sendable, CustomStringConvertible {
    let description: String
    var limits = OrderAssessmentTests.limits()
    var budget: UInt64 = 1_000
    var price: UInt64 = 10
    var deliverWithinSeconds: UInt64 = 35
    var reason: String?
    var seconds: UInt32 = 20
  }

  static func limits(wall: UInt32 = 20, cpu: UInt32 = 40, memory: UInt32 = 256, disk: UInt32 = 64) -> JobLimits {
    JobLimits(wallSeconds: wall, cpuSeconds: cpu, memoryMebibytes: memory, diskMebibytes: disk, processes: 4)
  }

  static let rows = [
    Row(description: "everything at its limit"),
    Row(description: "a free offer", budget: 1, price: 0),
    Row(description: "a budget for less", budget: 59, seconds: 5),
    Row(description: "a budget for less, due in between", budget: 59, deliverWithinSeconds: 20, seconds: 5),
    Row(
      description: "too much memory", limits: limits(memory: 257),
      reason: "limits.memoryMebibytes is 257; the offer gives 256"),
    Row(
      description: "too much disk", limits: limits(disk: 65), reason: "limits.diskMebibytes is 65; the offer gives 64"),
    Row(
      description: "too many processors", limits: limits(cpu: 41),
      reason: "limits.cpuSeconds is 41; 20 s on 2 processors give 40"),
    Row(
      description: "too little time", deliverWithinSeconds: 34,
      reason: "deliverWithinSeconds is 34; the job may run for 20 s and its start and delivery take up to 15 s, "
        + "so that it needs to be at least 35"),
    Row(
      description: "45 s within a minute", limits: limits(wall: 45), deliverWithinSeconds: 60, seconds: 45),
    Row(
      description: "an invalid job", limits: limits(wall: 0),
      reason: "the job is invalid: limits.wallSeconds: expected 1 to 86400, found 0")
  ]

  @Test(arguments: rows) func assesses(_ row: Row) throws {
    var random = Random(seed: 1)
    let address = Address.sample(&random)
    let job = Job(command: ["true"], inputs: [], outputs: [], limits: row.limits)
    let deal = try Self.deal(row, of: job, from: address)
    let offer = Offer(
      provider: address, title: "", resources: Resources(processors: 2, memoryMebibytes: 256, diskMebibytes: 64),
      pricePerSecond: Amount(nano: row.price), capacity: 1, running: 0, isClosed: false)
    let expected: OrderAssessment =
      row.reason.map { .decline(reason: $0) } ?? .accept(job.limited(toSeconds: UInt64(row.seconds)))
    #expect(OrderAssessment(job, in: deal, from: offer, marginSeconds: 15) == expected)
  }

  private static func deal(_ row: Row, of job: Job, from address: Address) throws -> Deal {
    let id = Identifier(of: [])
    return try Deal(
      json: [
        "offer": id.json, "buyer": address.json, "provider": address.json, "state": DealState.funded.json,
        "job": job.id.json, "budget": row.budget.json, "pricePerSecond": row.price.json,
        "deliverWithinSeconds": row.deliverWithinSeconds.json, "reviewWithinSeconds": UInt64(60).json,
        "order": Digest.zero.json
      ])
  }
}

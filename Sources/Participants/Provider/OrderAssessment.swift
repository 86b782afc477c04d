internal import Jobs
internal import LedgerKit
internal import Market

/// Whether a provider can run what was ordered.
enum OrderAssessment: Sendable, Equatable {
  /// It can; the job's time is cut to what the budget pays for.
  case accept(Job)
  /// It never can.
  case decline(reason: String)

  /// Assesses `job`, ordered in `deal` from `offer`.
  ///
  /// - Parameter marginSeconds: what the delivery time must leave beside the run; without it, a buyer could order what is bound to
  ///   be late, and be paid for that from the bond.
  init(_ job: Job, in deal: Deal, from offer: Offer, marginSeconds: UInt32) {
    do { try job.validate() } catch {
      self = .decline(reason: "the job is invalid: \(error)")
      return
    }
    let affordable = Self.affordableSeconds(deal)
    let seconds = min(UInt64(job.limits.wallSeconds), affordable)
    if let reason = Self.excess(of: job.limits, over: offer.resources)
      ?? Self.shortage(in: deal, seconds: seconds, marginSeconds: UInt64(marginSeconds))
    {
      self = .decline(reason: reason)
    } else {
      self = .accept(job.limited(toSeconds: affordable))
    }
  }

  /// Whole seconds that the budget pays for: at least one, as the ledger sees to it.
  private static func affordableSeconds(_ deal: Deal) -> UInt64 {
    deal.pricePerSecond == .zero ? .max : deal.budget.nano / deal.pricePerSecond.nano
  }

  private static func excess(of limits: JobLimits, over resources: Resources) -> String? {
    let processorSeconds = UInt64(limits.wallSeconds) * UInt64(resources.processors)
    if limits.memoryMebibytes > resources.memoryMebibytes {
      return "limits.memoryMebibytes is \(limits.memoryMebibytes); the offer gives \(resources.memoryMebibytes)"
    }
    if limits.diskMebibytes > resources.diskMebibytes {
      return "limits.diskMebibytes is \(limits.diskMebibytes); the offer gives \(resources.diskMebibytes)"
    }
    if limits.cpuSeconds > processorSeconds {
      return "limits.cpuSeconds is \(limits.cpuSeconds); \(limits.wallSeconds) s on \(resources.processors) processors "
        + "give \(processorSeconds)"
    }
    return nil
  }

  private static func shortage(in deal: Deal, seconds: UInt64, marginSeconds: UInt64) -> String? {
    let needed = seconds + marginSeconds
    guard deal.deliverWithinSeconds < needed else { return nil }
    return "deliverWithinSeconds is \(deal.deliverWithinSeconds); the job may run for \(seconds) s and its start and "
      + "delivery take up to \(marginSeconds) s, so that it needs to be at least \(needed)"
  }
}

extension Job {
  /// The job with at most so much time.
  func limited(toSeconds seconds: UInt64) -> Job {
    let limited = JobLimits(
      wallSeconds: UInt32(clamping: min(UInt64(limits.wallSeconds), seconds)), cpuSeconds: limits.cpuSeconds,
      memoryMebibytes: limits.memoryMebibytes, diskMebibytes: limits.diskMebibytes, processes: limits.processes)
    return Job(command: command, inputs: inputs, outputs: outputs, limits: limited, environment: environment)
  }
}

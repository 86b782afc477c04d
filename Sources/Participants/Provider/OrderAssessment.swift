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
  init(_ job: Job, in deal: Deal, from offer: Offer) {
    do { try job.validate() } catch {
      self = .decline(reason: "the job is invalid: \(error)")
      return
    }
    let affordable = Self.affordableSeconds(deal)
    if let reason = Self.obstacle(job.limits, deal, offer, affordable) {
      self = .decline(reason: reason)
    } else {
      self = .accept(job.limited(toSeconds: affordable))
    }
  }

  /// Whole seconds that the budget pays for: at least one, as the ledger sees to it.
  private static func affordableSeconds(_ deal: Deal) -> UInt64 {
    deal.pricePerSecond == .zero ? .max : deal.budget.nano / deal.pricePerSecond.nano
  }

  private static func obstacle(
    _ limits: JobLimits, _ deal: Deal, _ offer: Offer, _ affordable: UInt64
  ) -> String? {
    let resources = offer.resources
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
    let seconds = min(UInt64(limits.wallSeconds), affordable)
    if seconds >= deal.deliverWithinSeconds {
      return "deliverWithinSeconds is \(deal.deliverWithinSeconds); the job may run for \(seconds) s, so that it needs "
        + "to be more"
    }
    return nil
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

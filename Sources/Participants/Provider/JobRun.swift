internal import Client
internal import Cryptography
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Logging
internal import Market
internal import Operations
internal import Sandbox

extension Provider {
  /// Sees an order through: from its acceptance to the submitted result.
  func fulfil(_ order: Order) async throws(ProviderError) {
    defer { running.remove(order.id) }
    try await tolerating(order.id) { () async throws(ProviderError) in
      if let delivery = journal.delivery(of: order.id) {
        try await submit(delivery, of: order.deal)
      } else if let assessment = assessments[order.id] {
        try await answer(order, assessment)
      }
      wake()
    }
  }

  private func answer(_ order: Order, _ assessment: OrderAssessment) async throws(ProviderError) {
    let job: Job
    switch assessment {
    case .accept(let accepted): job = accepted
    case .decline(let reason): return try await refuse(order, because: reason)
    }
    let inputs: [String: [UInt8]]
    switch try await load(job.inputs) {
    case .complete(let contents): inputs = contents
    case .unusable(let reason): return try await refuse(order, because: reason)
    }
    let deal = try await accept(order)
    let report = try await run(job, inputs, for: order.id, until: deal.due)
    try await submit(try await store(report, for: order.id), of: deal)
  }

  /// Declines an order; of a deal that was accepted before, delivers the reason as a result that costs nothing.
  private func refuse(_ order: Order, because reason: String) async throws(ProviderError) {
    if order.deal.state == .active {
      return try await submit(try await store(JobReport(failure: reason), for: order.id), of: order.deal)
    }
    try await perform(DeclineOrder(deal: order.id, reason: reason))
    logger.info("order declined", metadata: ["deal": "\(order.id)", "reason": "\(reason)"])
  }

  /// The deal, once it is active.
  private func accept(_ order: Order) async throws(ProviderError) -> Deal {
    guard order.deal.state == .funded else { return order.deal }
    try await perform(AcceptOrder(deal: order.id))
    logger.info("order accepted", metadata: ["deal": "\(order.id)", "buyer": "\(order.deal.buyer)"])
    return try await relay.ask(DealOf(deal: order.id))
  }
}

extension Provider {
  /// Runs a job; one that cannot be run is reported to the buyer, who pays nothing for it.
  ///
  /// - Parameter due: when the result must be there; the job is ended so early that the result still is.
  private func run(
    _ job: Job, _ inputs: [String: [UInt8]], for deal: Identifier, until due: Timestamp
  ) async throws(ProviderError) -> JobReport {
    let remaining = try await secondsToRun(until: due)
    guard remaining > 0 else { return JobReport(failure: "no time is left to run the job before its result is due") }
    logger.info("job started", metadata: ["deal": "\(deal)", "program": "\(job.command[0])"])
    do throws(ExecutorError) {
      let execution = try await executor.run(job.limited(toSeconds: remaining), inputs: inputs, in: jobs.job(deal))
      let outcome = execution.result
      logger.info(
        "job ended",
        metadata: [
          "deal": "\(deal)", "outcome": "\(outcome.outcome)", "usageMilliseconds": "\(outcome.usageMilliseconds)"
        ])
      return JobReport(execution)
    } catch {
      if error == .cancelled { throw .sandbox(error) }
      logger.warning("the job cannot be run", metadata: ["deal": "\(deal)", "error": "\(error)"])
      return JobReport(failure: "\(error)")
    }
  }

  /// Whole seconds that a job may run from now on, so that its result is delivered before `due`.
  private func secondsToRun(until due: Timestamp) async throws(ProviderError) -> UInt64 {
    let available = due.milliseconds(since: try await relay.now()) / 1000
    let reserve = UInt64(configuration.deliveryMarginSeconds) / 2
    return available > reserve ? available - reserve : 0
  }

  /// Publishes a report and notes that it is there.
  private func store(_ report: JobReport, for deal: Identifier) async throws(ProviderError) -> Delivery {
    let result = try await publish(report, of: deal)
    let delivery = Delivery(deal: deal, result: Digest(of: result.encoded), usageMilliseconds: result.usageMilliseconds)
    try update { $0.deliveries.append(delivery) }
    try jobs.remove(deal)
    logger.info("result stored", metadata: ["deal": "\(deal)", "result": "\(delivery.result)"])
    return delivery
  }

  /// Uploads a report; when the relay refuses it, one that says so and costs nothing.
  private func publish(_ report: JobReport, of deal: Identifier) async throws(ProviderError) -> JobResult {
    guard let refusal = try await upload(report) else { return report.result }
    let failure = JobReport(failure: "the relay does not store the outputs: \(refusal)")
    // Even a result that nobody can read ends the deal at no cost; none at all would be a missed deadline.
    let isStored = try await upload(failure) == nil
    logger.warning(
      "the relay refused a result",
      metadata: ["deal": "\(deal)", "refusal": "\(refusal)", "isFailureStored": "\(isStored)"])
    return failure.result
  }

  /// Uploads what a report names, and then the result; returns why the relay refused, if it did.
  private func upload(_ report: JobReport) async throws(ProviderError) -> String? {
    do throws(ProviderError) {
      for stream in report.streams { try await relay.upload(stream) }
      for file in report.files { try await relay.upload(try jobs.read(file)) }
      try await relay.upload(report.result.encoded)
      return nil
    } catch {
      guard let refusal = error.refusal else { throw error }
      return refusal
    }
  }

  /// Submits a result; no more use is claimed than the ledger has seen time pass.
  private func submit(_ delivery: Delivery, of deal: Deal) async throws(ProviderError) {
    let elapsed = try await relay.now().milliseconds(since: deal.accepted)
    let usage = min(delivery.usageMilliseconds, elapsed)
    try await perform(SubmitResult(deal: delivery.deal, result: delivery.result, usageMilliseconds: usage))
    logger.info("result submitted", metadata: ["deal": "\(delivery.deal)", "usageMilliseconds": "\(usage)"])
  }
}

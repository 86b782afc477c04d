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
      } else if let assessment = order.assessment {
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
  /// - Parameter due: when the result is worth nothing any more, so that the job is ended.
  private func run(
    _ job: Job, _ inputs: [String: [UInt8]], for deal: Identifier, until due: Timestamp
  ) async throws(ProviderError) -> JobReport {
    let remaining = due.milliseconds(since: try await relay.now()) / 1000 + 1
    logger.info("job started", metadata: ["deal": "\(deal)", "program": "\(job.command[0])"])
    do throws(ExecutorError) {
      let execution = try await executor.run(job.limited(toSeconds: remaining), inputs: inputs, in: folder.job(deal))
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

  /// Uploads a report and notes that it is there; outputs that the relay refuses are a failure that costs nothing.
  private func store(_ report: JobReport, for deal: Identifier) async throws(ProviderError) -> Delivery {
    let stored: JobReport
    do throws(ProviderError) {
      try await upload(report)
      stored = report
    } catch {
      guard case .relay(.problem(let problem)) = error else { throw error }
      stored = JobReport(failure: "the relay does not store the outputs: \(problem.detail)")
      try await upload(stored)
    }
    let delivery = Delivery(
      deal: deal, result: try await relay.upload(stored.result.encoded),
      usageMilliseconds: stored.result.usageMilliseconds)
    try update { $0.deliveries.append(delivery) }
    try folder.removeJob(deal)
    logger.info("result stored", metadata: ["deal": "\(deal)", "result": "\(delivery.result)"])
    return delivery
  }

  private func upload(_ report: JobReport) async throws(ProviderError) {
    for stream in report.streams { _ = try await relay.upload(stream) }
    for file in report.files { _ = try await relay.upload(try folder.read(file)) }
  }

  /// Submits a result; no more use is claimed than the ledger has seen time pass.
  private func submit(_ delivery: Delivery, of deal: Deal) async throws(ProviderError) {
    let elapsed = try await relay.now().milliseconds(since: deal.accepted)
    let usage = min(delivery.usageMilliseconds, elapsed)
    try await perform(SubmitResult(deal: delivery.deal, result: delivery.result, usageMilliseconds: usage))
    logger.info("result submitted", metadata: ["deal": "\(delivery.deal)", "usageMilliseconds": "\(usage)"])
  }
}

internal import Cryptography
internal import Engine
internal import LedgerKit
internal import Metrics

/// The way of transactions to the engine: decoded, weighed, verified and submitted, many together and each on its own
/// account.
struct Intake: Sendable {
  private let ledger: Ledger
  private let engine: any Engine
  private let feed: CommitFeed
  private let desk: SignatureDesk
  private let capacity: Capacity
  private let refused: Counter

  init(
    ledger: Ledger, engine: any Engine, feed: CommitFeed, desk: SignatureDesk, metrics: any MetricsFactory,
    capacity: Capacity = Capacity(count: 32_768, bytes: 32 << 20)
  ) {
    self.capacity = capacity
    refused = Counter(label: "relay_submissions_refused_total", factory: metrics)
    self.ledger = ledger
    self.desk = desk
    self.engine = engine
    self.feed = feed
  }

  /// Checks form and signatures, away from the thread that executes.
  func verify(_ encoded: [UInt8]) async throws(Rejection) -> VerifiedEnvelope {
    try await desk.verify([DecodedEnvelope(encoded, for: ledger)])[0].get()
  }

  /// - Parameter limit: how long to wait for their blocks; for as long as it takes without one.
  func submit(_ encoded: [[UInt8]], waitingAtMost limit: Duration?) async -> [Submission] {
    let load = Capacity.Load(encoded)
    guard capacity.take(load) else { return turnAway(encoded) }
    let decoded = encoded.map { bytes in Result { () throws(Rejection) in try DecodedEnvelope(bytes, for: ledger) } }
    let weighed = decoded.followed(by: await weigh(decoded.successes()))
    let verified = weighed.followed(by: await desk.verify(weighed.successes()))
    let watch = Watch(zip(decoded, verified).map { Submission($0, $1) })
    let isWatched = limit != .zero
    if isWatched { feed.begin(watch) }
    defer { if isWatched { feed.end(watch) } }
    let refusals = await engine.submit(verified.successes())
    capacity.giveBack(load)
    for ((place, _), refusal) in zip(watch.ids, refusals) {
      if let refusal { watch.refuse(refusal, at: place) }
    }
    refused.increment(by: encoded.count - refusals.count { $0 == nil })
    return await watch.submissions(within: limit)
  }

  private func turnAway(_ encoded: [[UInt8]]) -> [Submission] {
    refused.increment(by: encoded.count)
    let reason = NodeReason.busy.rejection("more is being checked than the node takes on at once; send it in a moment")
    return encoded.map { _ in .refused(reason, id: nil) }
  }

  private func weigh(_ transactions: [DecodedEnvelope]) async -> [Result<DecodedEnvelope, Rejection>] {
    zip(transactions, await engine.weigh(transactions)).map { transaction, refusal in
      refusal.map { .failure($0) } ?? .success(transaction)
    }
  }
}

extension Submission {
  /// A transaction on the point of being submitted.
  fileprivate init(_ decoded: Result<DecodedEnvelope, Rejection>, _ verified: Result<VerifiedEnvelope, Rejection>) {
    switch verified {
    case .success(let transaction): self = .waiting(transaction.id)
    case .failure(let reason): self = .refused(reason, id: try? decoded.get().id)
    }
  }
}

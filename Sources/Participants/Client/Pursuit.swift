internal import Cryptography
internal import Encoding
internal import Jobs
internal import LedgerKit
internal import Market
internal import Operations

/// Follows one deal to its end; each round looks at the deal and does what its state calls for.
struct Pursuit {
  let purchase: Purchase
  let id: Identifier
  let progress: @Sendable (Purchase.Step) async -> Void
  /// A thousand outputs with the longest paths take a fifth of it.
  private static let maximumResultBytes = 1 << 20
  private var isAccepted = false
  private var delivered: (result: JobResult, files: [Purchase.Delivery.File])?

  init(purchase: Purchase, id: Identifier, progress: @escaping @Sendable (Purchase.Step) async -> Void) {
    self.purchase = purchase
    self.id = id
    self.progress = progress
  }

  private var client: RelayClient { purchase.client }

  mutating func run() async throws(ClientError) -> Purchase.Delivery {
    while true {
      let deal = try await purchase.persistently { () throws(ClientError) in try await client.ask(DealOf(deal: id)) }
      try await report(deal)
      switch deal.state {
      case .funded, .active: try await expire(deal)
      case .submitted:
        do throws(ClientError) { try await attempt(AcceptResult(deal: id)) } catch {
          guard error.isShortOfFunds else { throw error }
          return await leave(deal)
        }
      case .completed, .declined, .expired, .cancelled: return try await finish(deal)
      }
    }
  }

  /// Reports what is new, and fetches a result before it is accepted.
  private mutating func report(_ deal: Deal) async throws(ClientError) {
    if deal.acceptance != nil, !isAccepted {
      isAccepted = true
      await progress(.accepted)
    }
    guard let digest = deal.result, delivered == nil else { return }
    let result: JobResult = try await purchase.persistently { () throws(ClientError) in
      try await client.record(digest, atMost: Self.maximumResultBytes)
    }
    await progress(.submitted(result))
    try await validate(result, of: deal)
    delivered = (result, try await files(of: result))
  }

  /// Refuses a result that is none of the job; the buyer cannot reject it, but need not accept it either.
  private func validate(_ result: JobResult, of deal: Deal) async throws(ClientError) {
    let job: Job = try await purchase.persistently { () throws(ClientError) in try await client.record(deal.job) }
    do throws(FieldError) {
      try result.validate(against: job, claimedMilliseconds: deal.usageMilliseconds)
    } catch {
      throw .refused(
        "the result of deal \(id) is not what was ordered: \(error); it was not accepted, and nothing was fetched")
    }
  }

  private func files(of result: JobResult) async throws(ClientError) -> [Purchase.Delivery.File] {
    var files: [Purchase.Delivery.File] = []
    for output in result.outputs {
      let content = try await purchase.persistently { () throws(ClientError) in
        try await client.download(output.content, atMost: Int(clamping: output.sizeBytes))
      }
      files.append(Purchase.Delivery.File(path: output.path, content: content))
    }
    return files
  }

  /// Ends a deal whose provider is late, and waits otherwise.
  private func expire(_ deal: Deal) async throws(ClientError) {
    let status = try await purchase.persistently { () throws(ClientError) in try await client.chain() }
    if status.now >= deal.due { try await attempt(ExpireDeal(deal: id)) }
    try await RelayClient.pause(purchase.pause)
  }

  /// Performs an operation; when the relay is away, or the deal has moved on, the next round decides again.
  private func attempt(_ operation: any Transaction) async throws(ClientError) {
    do throws(ClientError) {
      _ = try await client.perform(operation, as: purchase.key, sender: purchase.buyer)
    } catch {
      guard error.isWorthRepeating || error.isRejection(.wrongState, .notYetDue) else { throw error }
    }
  }

  /// Hands on what was delivered although the buyer cannot pay for accepting it: the deal completes by itself.
  private func leave(_ deal: Deal) async -> Purchase.Delivery {
    await progress(.unsettled(deal))
    return Purchase.Delivery(
      id: id, deal: deal, result: delivered?.result, files: delivered?.files ?? [], receipt: nil)
  }

  private func finish(_ deal: Deal) async throws(ClientError) -> Purchase.Delivery {
    await progress(.settled(deal))
    let receipt = deal.result == nil ? nil : try await receipt()
    return Purchase.Delivery(
      id: id, deal: deal, result: delivered?.result, files: delivered?.files ?? [], receipt: receipt)
  }

  private func receipt() async throws(ClientError) -> DealReceipt {
    let receipt = try await purchase.persistently { () throws(ClientError) in try await client.receipt(of: id) }
    do { _ = try receipt.verify() } catch { throw .unexpected("the receipt does not hold: \(error)") }
    await progress(.receipt(receipt))
    return receipt
  }
}

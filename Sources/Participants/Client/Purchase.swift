public import Cryptography
public import Jobs
public import LedgerKit
public import Market

/// Buys the result of one job: quote, order, delivery, payment and receipt.
///
/// It survives a relay that restarts: an order is placed once, and every later step begins with what the deal's state
/// is by then.
public struct Purchase: Sendable {
  /// What is bought, and on which terms.
  public struct Order: Sendable {
    public let offer: Identifier
    public let job: Job
    /// The files that the job's inputs name by digest, in any order.
    public let inputs: [[UInt8]]
    /// Most to pay, or `nil` for what the quote says.
    public let budget: Amount?
    public let deliverWithinSeconds: UInt64
    public let reviewWithinSeconds: UInt64

    public init(
      offer: Identifier, job: Job, inputs: [[UInt8]], budget: Amount?, deliverWithinSeconds: UInt64,
      reviewWithinSeconds: UInt64
    ) {
      self.offer = offer
      self.job = job
      self.inputs = inputs
      self.budget = budget
      self.deliverWithinSeconds = deliverWithinSeconds
      self.reviewWithinSeconds = reviewWithinSeconds
    }
  }

  /// What has been reached; each is reported once, in this order.
  public enum Step: Sendable {
    /// What the offer asks; nothing is bound yet.
    case quoted(Quote)
    /// The order is placed and its budget held.
    case funded(Identifier)
    /// The provider works.
    case accepted
    /// The result is there.
    case submitted(JobResult)
    /// Nothing can change any more: paid, or refunded.
    case settled(Deal)
    /// The result is there, but the buyer has not enough to pay the fee of accepting it. The last step: the deal
    /// completes when its review window has passed and anyone expires it.
    case unsettled(Deal)
    /// The proof of it all, checked; only of a deal that was delivered.
    case receipt(DealReceipt)
  }

  /// What came of it.
  public struct Delivery: Sendable {
    /// A file that the job left behind.
    public struct File: Sendable, Equatable {
      /// Relative path, as the job lists it.
      public let path: String
      public let content: [UInt8]
    }
    public let id: Identifier
    /// Final, unless the last step was ``Step/unsettled(_:)``.
    public let deal: Deal
    /// Missing when nothing was delivered: the order was declined, cancelled or expired, and the budget returned.
    public let result: JobResult?
    public let files: [File]
    /// Missing when nothing was delivered, or the deal is not settled.
    public let receipt: DealReceipt?
  }

  let client: RelayClient
  let key: PrivateKey
  let buyer: Address
  let patience: Duration
  let pause: Duration

  /// - Parameters:
  ///   - key: signs for the buyer.
  ///   - buyer: the account that pays, when it is not the key's own address (after a key rotation).
  ///   - patience: time that the relay may be away before the purchase gives up following.
  ///   - pause: time between two looks at the deal.
  public init(
    client: RelayClient, key: PrivateKey, buyer: Address? = nil, patience: Duration = .seconds(600),
    pause: Duration = .milliseconds(250)
  ) {
    self.client = client
    self.key = key
    self.buyer = buyer ?? Address(key.publicKey)
    self.patience = patience
    self.pause = pause
  }

  /// Buys, and returns when the deal is settled.
  ///
  /// - Throws: `refused` when the provider's result is none of the job; it is not accepted then.
  public func run(
    _ order: Order, progress: @escaping @Sendable (Step) async -> Void = { _ in }
  ) async throws(ClientError) -> Delivery {
    let quote = try await quote(order)
    await progress(.quoted(quote))
    let deal = try await place(order, budget: order.budget ?? quote.cost)
    await progress(.funded(deal))
    return try await follow(deal, progress: progress)
  }

  /// Takes up a deal that was placed before, and returns when it is settled.
  public func follow(
    _ deal: Identifier, progress: @escaping @Sendable (Step) async -> Void = { _ in }
  ) async throws(ClientError) -> Delivery {
    var pursuit = Pursuit(purchase: self, id: deal, progress: progress)
    return try await pursuit.run()
  }

  func persistently<Answer: Sendable>(
    _ call: () async throws(ClientError) -> Answer
  ) async throws(ClientError) -> Answer {
    try await client.persistently(for: patience, pausing: pause, call)
  }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Delivers a result as the provider: the buyer's time to look at it begins.
public struct SubmitResult: Transaction {
  public static let code: UInt32 = 307
  public static let schema = Schema(
    "SubmitResult", "Deliver a result as the provider: the buyer's time to look at it begins.", SubmitResult.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "result", \.result, "SHA-256 of the result's canonical bytes, which the buyer fetches by this digest."),
    Field(3, "usageMilliseconds", \.usageMilliseconds, "Metered use, in milliseconds."))

  public let deal: Identifier
  public let result: Digest
  public let usageMilliseconds: UInt64

  public init(deal: Identifier, result: Digest, usageMilliseconds: UInt64) {
    self.deal = deal
    self.result = result
    self.usageMilliseconds = usageMilliseconds
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    var submitted = try Market.deal(deal, standing: .active, in: state)
    guard submitted.provider == context.sender else {
      throw Market.reject(.notTheProvider, "the deal is with \(submitted.provider)")
    }
    guard context.moment.time < submitted.due else {
      throw Market.reject(.deadlinePassed, "the result was due at \(submitted.due.milliseconds)")
    }
    let elapsed = context.moment.time.milliseconds(since: submitted.accepted)
    guard usageMilliseconds <= elapsed else {
      throw Market.reject(
        .usageTooHigh, "\(usageMilliseconds) ms are claimed; \(elapsed) ms have passed since the order was accepted")
    }
    submitted.state = .submitted
    submitted.result = result
    submitted.submission = context.transaction
    submitted.usageMilliseconds = usageMilliseconds
    submitted.due = context.moment.time.adding(seconds: submitted.reviewWithinSeconds)
    Market.save(submitted, as: deal, in: &state)
    try Market.finishJob(of: submitted.offer, in: &state)
    state.emit(
      ResultSubmitted(
        deal: deal, buyer: submitted.buyer, provider: submitted.provider, result: result,
        usageMilliseconds: usageMilliseconds))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> SubmitResult {
    let deal = Market.someDeal(&random, in: state) { $0.state == .active && $0.provider == sender }
    return SubmitResult(deal: deal, result: .sample(&random), usageMilliseconds: UInt64(random.below(3000)))
  }
}

/// A result was delivered.
public struct ResultSubmitted: Event {
  public static let code: UInt32 = 357
  public static let schema = Schema(
    "ResultSubmitted", "A result was delivered.", ResultSubmitted.init,
    Field(1, "deal", \.deal, "Id of the deal."),
    Field(2, "buyer", \.buyer, "Account that pays."),
    Field(3, "provider", \.provider, "Account that works."),
    Field(4, "result", \.result, "SHA-256 of the result's canonical bytes."),
    Field(5, "usageMilliseconds", \.usageMilliseconds, "Metered use, in milliseconds."))

  public let deal: Identifier
  public let buyer: Address
  public let provider: Address
  public let result: Digest
  public let usageMilliseconds: UInt64

  public var accounts: [Address] { [buyer, provider] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// One validator.
public struct ValidatorOf: Query {
  public static let schema = Schema(
    "ValidatorOf", "One validator.", ValidatorOf.init,
    Field(1, "validator", \.validator, "Operator of the validator."))

  public let validator: Address

  public init(validator: Address) { self.validator = validator }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Validator {
    try Staking.validator(validator, in: state)
  }
  public var evidence: [[UInt8]] { [Staking.validators.path(validator)] }
}

/// A validator with its operator and its voting power.
public struct ValidatorEntry: Record {
  public static let schema = Schema(
    "ValidatorEntry", "A validator with its operator and its voting power.", ValidatorEntry.init,
    Field(1, "account", \.account, "Account that operates it."),
    Field(2, "validator", \.validator, "The validator."),
    Field(3, "power", \.power, "Its voting power since the last election; zero when it is not in the active set."))

  public let account: Address
  public let validator: Validator
  public let power: UInt64
}

/// One page of validators.
public struct ValidatorPage: Record {
  public static let schema = Schema(
    "ValidatorPage", "One page of validators.", ValidatorPage.init,
    Field(1, "validators", \.validators, "Those that may be elected first, and by falling stake among them."),
    Field(2, "next", \.next, "Where the next page begins; missing on the last one."))

  public let validators: [ValidatorEntry]
  public let next: Address?
}

/// Validators by their stake, page by page.
public struct ValidatorsOf: Query {
  public static let schema = Schema(
    "ValidatorsOf", "Validators by their stake, page by page.", ValidatorsOf.init,
    Field(1, "from", \.from, "Where the page begins: the `next` of the page before, in its place of now."),
    Field(2, "limit", \.limit, "Validators at the most, up to 100; 0 stands for 20."))

  public let from: Address?
  public let limit: UInt32

  public init(from: Address? = nil, limit: UInt32 = 0) {
    self.from = from
    self.limit = limit
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> ValidatorPage {
    var first: Rank?
    if let from { first = try Staking.validator(from, in: state).rank(of: from) }
    let count = Page.size(limit)
    let ranks = state.rows(of: Staking.ranking, from: first, limit: count + 1).map(\.key)
    var entries: [ValidatorEntry] = []
    for rank in ranks.prefix(count) {
      entries.append(
        ValidatorEntry(
          account: rank.address, validator: Staking.knownValidator(rank.address, in: state),
          power: state[Staking.activeSet, rank.address]?.power ?? 0))
    }
    return ValidatorPage(validators: entries, next: ranks.count > count ? ranks.last?.address : nil)
  }
}

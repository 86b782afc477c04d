public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// The stake of an account with one validator, as it stands now.
public struct DelegationEntry: Record {
  public static let schema = Schema(
    "DelegationEntry", "The stake of an account with one validator, as it stands now.", DelegationEntry.init,
    Field(1, "validator", \.validator, "Operator of the validator."),
    Field(2, "shares", \.shares, "Shares of the validator."),
    Field(3, "worth", \.worth, "What they are worth, in nano-CPTM."),
    Field(4, "locked", \.locked, "What of that was redelegated and cannot leave yet, in nano-CPTM."),
    Field(5, "rewards", \.rewards, "Rewards that can be collected, in nano-CPTM."))

  public let validator: Address
  public let shares: UInt64
  public let worth: Amount
  public let locked: Amount
  public let rewards: Amount
}

/// One page of an account's delegations.
public struct DelegationPage: Record {
  public static let schema = Schema(
    "DelegationPage", "One page of an account's delegations.", DelegationPage.init,
    Field(1, "delegations", \.delegations, "Delegations in the order of the operators."),
    Field(2, "next", \.next, "Where the next page begins; missing on the last one."))

  public let delegations: [DelegationEntry]
  public let next: Address?
}

/// The delegations of an account, page by page.
public struct DelegationsOf: Query {
  public static let schema = Schema(
    "DelegationsOf", "The delegations of an account, page by page.", DelegationsOf.init,
    Field(1, "owner", \.owner, "Account whose stake it is."),
    Field(2, "from", \.from, "Where the page begins: the `next` of the page before."),
    Field(3, "limit", \.limit, "Delegations at the most, up to 100; 0 stands for 20."))

  public let owner: Address
  public let from: Address?
  public let limit: UInt32

  public init(owner: Address, from: Address? = nil, limit: UInt32 = 0) {
    self.owner = owner
    self.from = from
    self.limit = limit
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> DelegationPage {
    let count = Page.size(limit)
    let rows = state.rows(of: Staking.delegations, under: owner, from: from, limit: count + 1)
    var entries: [DelegationEntry] = []
    for (key, delegation) in rows.prefix(count) {
      entries.append(Staking.entry(delegation, with: key.second, in: state))
    }
    return DelegationPage(delegations: entries, next: rows.count > count ? rows.last?.key.second : nil)
  }
}

extension Staking {
  static func entry(_ delegation: Delegation, with address: Address, in state: borrowing State) -> DelegationEntry {
    let validator = knownValidator(address, in: state)
    return DelegationEntry(
      validator: address, shares: delegation.shares, worth: validator.worth(of: delegation.shares),
      locked: validator.worth(of: delegation.lockedShares), rewards: delegation.rewards(at: validator.rewardIndex))
  }
}

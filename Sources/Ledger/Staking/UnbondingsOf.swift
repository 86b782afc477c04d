public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Where a page of unbondings begins: when an unbonding matures, and its id.
public struct UnbondingPlace: Record {
  public static let schema = Schema(
    "UnbondingPlace", "Where a page of unbondings begins.", UnbondingPlace.init,
    Field(1, "matures", \.matures, "Height from which the unbonding is returned."),
    Field(2, "unbonding", \.unbonding, "Its id."))

  public let matures: UInt64
  public let unbonding: Identifier

  public init(matures: UInt64, unbonding: Identifier) {
    self.matures = matures
    self.unbonding = unbonding
  }
}

/// Stake on its way back to its owner, as it stands now.
public struct UnbondingEntry: Record {
  public static let schema = Schema(
    "UnbondingEntry", "Stake on its way back to its owner, as it stands now.", UnbondingEntry.init,
    Field(1, "id", \.id, "Id of the unbonding."),
    Field(2, "unbonding", \.unbonding, "The unbonding."),
    Field(3, "matures", \.matures, "Height from which it is returned."),
    Field(4, "worth", \.worth, "What is left of it after the slashes since it began, in nano-CPTM."))

  public let id: Identifier
  public let unbonding: Unbonding
  public let matures: UInt64
  public let worth: Amount
}

/// One page of an account's unbondings.
public struct UnbondingPage: Record {
  public static let schema = Schema(
    "UnbondingPage", "One page of an account's unbondings.", UnbondingPage.init,
    Field(1, "unbondings", \.unbondings, "Unbondings in the order in which they mature."),
    Field(2, "next", \.next, "Where the next page begins; missing on the last one."))

  public let unbondings: [UnbondingEntry]
  public let next: UnbondingPlace?
}

/// The unbondings of an account, page by page.
public struct UnbondingsOf: Query {
  public static let schema = Schema(
    "UnbondingsOf", "The unbondings of an account, page by page.", UnbondingsOf.init,
    Field(1, "owner", \.owner, "Account whose stake it is."),
    Field(2, "from", \.from, "Where the page begins: the `next` of the page before."),
    Field(3, "limit", \.limit, "Unbondings at the most, up to 100; 0 stands for 20."))

  public let owner: Address
  public let from: UnbondingPlace?
  public let limit: UInt32

  public init(owner: Address, from: UnbondingPlace? = nil, limit: UInt32 = 0) {
    self.owner = owner
    self.from = from
    self.limit = limit
  }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> UnbondingPage {
    let count = Page.size(limit)
    let first = from.map { Maturity($0.matures, $0.unbonding) }
    let keys = state.rows(of: Staking.unbondingsByOwner, under: owner, from: first, limit: count + 1).map(\.key.second)
    var entries: [UnbondingEntry] = []
    for key in keys.prefix(count) { entries.append(Staking.entry(at: key, in: state)) }
    let next = keys.count > count ? keys.last : nil
    return UnbondingPage(
      unbondings: entries, next: next.map { UnbondingPlace(matures: $0.first, unbonding: $0.second) })
  }
}

extension Staking {
  static func entry(at key: Maturity, in state: borrowing State) -> UnbondingEntry {
    guard let unbonding = state[unbondings, key] else { fatalError("corrupt state: no unbonding \(key.second)") }
    return UnbondingEntry(
      id: key.second, unbonding: unbonding, matures: key.first,
      worth: remainder(of: unbonding.amount, after: unbonding, in: state))
  }
}

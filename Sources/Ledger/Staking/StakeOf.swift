public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// All that an account has, wherever it is.
public struct Holdings: Record {
  public static let schema = Schema(
    "Holdings", "All that an account has, wherever it is.", Holdings.init,
    Field(1, "available", \.available, "Free to spend, in nano-CPTM."),
    Field(2, "held", \.held, "Promised by pending holds, in nano-CPTM."),
    Field(3, "bonded", \.bonded, "Locked as bonds that misbehaviour can cost, in nano-CPTM."),
    Field(4, "staked", \.staked, "What its stake is worth, in nano-CPTM."),
    Field(5, "unbonding", \.unbonding, "What is on its way back, after slashes, in nano-CPTM."),
    Field(6, "rewards", \.rewards, "Rewards and commission that it can collect, in nano-CPTM."),
    Field(
      7, "isComplete", \.isComplete,
      "Whether that is all; otherwise only the first 100 delegations and the first 100 unbondings are counted."))

  public let available: Amount
  public let held: Amount
  public let bonded: Amount
  public let staked: Amount
  public let unbonding: Amount
  public let rewards: Amount
  public let isComplete: Bool
}

/// All that an account has, wherever it is, in one read.
public struct StakeOf: Query {
  public static let schema = Schema(
    "StakeOf", "All that an account has, wherever it is, in one read.", StakeOf.init,
    Field(1, "owner", \.owner, "Account to look up."))

  public let owner: Address

  public init(owner: Address) { self.owner = owner }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Holdings {
    let account = Money.account(owner, in: state)
    let limit = UInt32(Page.maximumSize)
    let delegations = try DelegationsOf(owner: owner, limit: limit).answer(from: state, at: moment)
    let unbondings = try UnbondingsOf(owner: owner, limit: limit).answer(from: state, at: moment)
    let commission = state[Staking.validators, owner]?.commission ?? .zero
    return Holdings(
      available: account.available, held: account.held, bonded: account.bonded,
      staked: delegations.delegations.map(\.worth).total, unbonding: unbondings.unbondings.map(\.worth).total,
      rewards: (delegations.delegations.map(\.rewards) + [commission]).total,
      isComplete: delegations.next == nil && unbondings.next == nil)
  }
}

extension [Amount] {
  /// The sum of parts of the supply, which fits.
  var total: Amount { Amount(nano: reduce(0) { $0 + $1.nano }) }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// What an account has: available, held and bonded in one read.
public struct AccountOf: Query {
  public static let schema = Schema(
    "AccountOf", "What an account has: available, held and bonded in one read.", AccountOf.init,
    Field(1, "owner", \.owner, "Account to look up."))

  public let owner: Address

  public init(owner: Address) { self.owner = owner }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Account {
    guard let account = state[Money.accounts, owner] else {
      throw Money.reject(.unknownAccount, "\(owner) never received anything")
    }
    return account
  }
  public var evidence: [[UInt8]] { [Money.accounts.path(owner)] }
}

/// A pending hold.
public struct HoldOf: Query {
  public static let schema = Schema(
    "HoldOf", "A pending hold.", HoldOf.init,
    Field(1, "hold", \.hold, "Id of the hold."))

  public let hold: Identifier

  public init(hold: Identifier) { self.hold = hold }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Hold {
    try Money.hold(hold, in: state)
  }
  public var evidence: [[UInt8]] { [Money.holds.path(hold)] }
}

/// All CPTM that exists.
public struct SupplyOf: Query {
  public static let schema = Schema("SupplyOf", "All CPTM that exists.", SupplyOf.init)

  public init() {}

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> Supply {
    Supply(total: Money.total(in: state))
  }
  public var evidence: [[UInt8]] { [Money.supply.path(Only())] }
}

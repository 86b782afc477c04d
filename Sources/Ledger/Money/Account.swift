public import Cryptography
public import Encoding
public import LedgerKit

/// What one account owns, in nano-CPTM, and the key that acts for it.
public struct Account: Record {
  public static let schema = Schema(
    "Account", "What one account owns, and the key that acts for it.", Account.init,
    Field(1, "available", \.available, "Free to spend, in nano-CPTM."),
    Field(2, "held", \.held, "Promised by pending holds, in nano-CPTM."),
    Field(3, "bonded", \.bonded, "Locked as bonds that misbehaviour can cost, in nano-CPTM."),
    Field(
      4, "key", \.key, "Key that acts for the account, once it was rotated; until then the address follows from it."))

  public var available: Amount
  public var held: Amount
  public var bonded: Amount
  public var key: PublicKey?

  public init(available: Amount, held: Amount, bonded: Amount, key: PublicKey?) {
    self.available = available
    self.held = held
    self.bonded = bonded
    self.key = key
  }

  static let empty = Account(available: .zero, held: .zero, bonded: .zero, key: nil)
}

/// Money of one account set aside for a purpose: it is posted to somebody in parts, or released to its owner.
public struct Hold: Record {
  public static let schema = Schema(
    "Hold", "Money of one account set aside for a purpose.", Hold.init,
    Field(1, "owner", \.owner, "Account whose money it is."),
    Field(2, "payee", \.payee, "Account that may post it; missing when a module decides."),
    Field(3, "amount", \.amount, "What is left of it, in nano-CPTM."),
    Field(4, "purpose", \.purpose, "Why it is set aside."),
    Field(5, "expires", \.expires, "When anyone may return it to its owner; missing when a module decides."))

  /// Why money is set aside.
  public enum Purpose: UInt32, Enumeration {
    case payment = 1
    case bond = 2

    public static let name = "HoldPurpose"
    public static let doc = "Why money is set aside: to pay for something, or to answer for something."
  }

  public let owner: Address
  public let payee: Address?
  public var amount: Amount
  public let purpose: Purpose
  public let expires: Timestamp?

  public init(owner: Address, payee: Address?, amount: Amount, purpose: Purpose, expires: Timestamp?) {
    self.owner = owner
    self.payee = payee
    self.amount = amount
    self.purpose = purpose
    self.expires = expires
  }
}

/// All CPTM that exists.
public struct Supply: Record {
  public static let schema = Schema(
    "Supply", "All CPTM that exists.", Supply.init,
    Field(1, "total", \.total, "What accounts and vaults have together, in nano-CPTM."))

  public let total: Amount
  public init(total: Amount) { self.total = total }
}

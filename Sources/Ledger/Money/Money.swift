public import Cryptography
public import LedgerKit
public import StateTree

/// Accounts, transfers, holds, vaults and fees: every unit of CPTM and who may move it.
public enum Money: Module {
  public static let number: UInt8 = 1
  public static let name = "money"
  public static let transactions: [any Transaction.Type] = [
    Transfer.self, PlaceHold.self, PostHold.self, VoidHold.self, ExpireHold.self, RotateKey.self, Mint.self
  ]
  public static let queries: [any Query.Type] = [AccountOf.self, HoldOf.self, SupplyOf.self]
  public static let events: [any Event.Type] = [
    Transferred.self, HoldPlaced.self, HoldPosted.self, HoldReleased.self, KeyRotated.self, FeeCharged.self, Minted.self
  ]
  public static let tables: [any TableDescription] = [accounts, holds, supply, parameters, vaults]
  public static let invariants = [supplyInvariant, accountTotalsInvariant]

  public enum Reason: UInt32, RejectionReason {
    public static let module = Money.name

    case insufficientFunds = 1
    case feeTooLow = 2
    case notAuthorized = 3
    case zeroAmount = 4
    case unknownHold = 5
    case notTheHoldParty = 6
    case holdExpired = 7
    case holdNotExpired = 8
    case invalidExpiry = 9
    case proofOfKeyFails = 10
    case mintLimit = 11
    case unknownAccount = 12
    case selfTransfer = 13
    case duplicateAccount = 14
  }

  static let accounts = Table<Address, Account>(number, 1, "money/accounts")
  static let holds = Table<Identifier, Hold>(number, 2, "money/holds")
  static let supply = Table<Only, Supply>(number, 3, "money/supply")
  static let parameters = Table<Only, MoneyParameters>(number, 4, "money/parameters")
  static let vaults = Table<Address, Amount>(number, 5, "money/vaults")

  /// Where fees go.
  public static let feeAccount = Address(module: "money/fees")
}

extension Money.Reason {
  public var doc: String {
    switch self {
    case .insufficientFunds: "The account has less available than the operation takes."
    case .feeTooLow: "The fee is below the minimum for the transaction's size."
    case .notAuthorized: "The keys that signed may not act for the account."
    case .zeroAmount: "The amount must be greater than zero."
    case .unknownHold: "There is no such hold: it never was, or it has ended."
    case .notTheHoldParty: "Only the party that the hold names may do this."
    case .holdExpired: "The hold's time has passed; it can only be expired."
    case .holdNotExpired: "The hold's time has not passed."
    case .invalidExpiry: "The expiry must lie ahead, and at most the chain's limit away."
    case .proofOfKeyFails: "The new key did not sign the proof that its owner has it."
    case .mintLimit: "More than the network mints for one transaction."
    case .unknownAccount: "The account was never used."
    case .selfTransfer: "Sender and receiver are the same account."
    case .duplicateAccount: "The genesis document lists the account twice."
    }
  }
}

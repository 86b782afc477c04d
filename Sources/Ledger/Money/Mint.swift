public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Creates test money for the sender; only where the network is a devnet.
public struct Mint: Transaction {
  public static let code: UInt32 = 107
  public static let policy = Policy.devnet
  public static let schema = Schema(
    "Mint", "Create test money for the sender; only where the network is a devnet.", Mint.init,
    Field(1, "amount", \.amount, "Amount to create, in nano-CPTM; more than zero, at most the chain's limit."))

  public let amount: Amount

  public init(amount: Amount) { self.amount = amount }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let limit = Money.parameters(in: state).mintLimit
    guard amount > .zero else { throw Money.reject(.zeroAmount, "minting needs an amount greater than zero") }
    guard amount <= limit else {
      throw Money.reject(.mintLimit, "\(amount) asked for; at most \(limit) is minted at once")
    }
    try Money.mint(amount, to: context.sender, in: &state)
    state.emit(Minted(account: context.sender, amount: amount))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Mint { Mint(amount: Amount(nano: UInt64(random.below(2_000_000_000)))) }
}

/// Test money was created.
public struct Minted: Event {
  public static let code: UInt32 = 158
  public static let schema = Schema(
    "Minted", "Test money was created.", Minted.init,
    Field(1, "account", \.account, "Account that received it."),
    Field(2, "amount", \.amount, "Amount created, in nano-CPTM."))

  public let account: Address
  public let amount: Amount

  public var accounts: [Address] { [account] }
}

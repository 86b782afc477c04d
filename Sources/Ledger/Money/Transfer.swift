public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Moves money from the sender to another account.
public struct Transfer: Transaction {
  public static let code: UInt32 = 101
  public static let schema = Schema(
    "Transfer", "Move money from the sender to another account.", Transfer.init,
    Field(1, "to", \.to, "Account that receives the money."),
    Field(2, "amount", \.amount, "Amount to move, in nano-CPTM; more than zero."),
    Field(3, "memo", \.memo, "Free text for the receiver's books; its bytes count towards the fee."))

  public let to: Address
  public let amount: Amount
  public let memo: String

  public init(to: Address, amount: Amount, memo: String = "") {
    self.to = to
    self.amount = amount
    self.memo = memo
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    guard amount > .zero else { throw Money.reject(.zeroAmount, "a transfer needs an amount greater than zero") }
    guard to != context.sender else { throw Money.reject(.selfTransfer, "\(to) cannot pay itself") }
    try Money.transfer(amount, from: context.sender, to: to, in: &state)
    state.emit(Transferred(from: context.sender, to: to, amount: amount, memo: memo))
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> Transfer {
    let available = Money.account(sender, in: state).available.nano
    return Transfer(
      to: Money.someAccount(&random, in: state), amount: Amount(nano: available / 8 + UInt64(random.below(1000))))
  }
}

/// Money was moved from one account to another.
public struct Transferred: Event {
  public static let code: UInt32 = 151
  public static let schema = Schema(
    "Transferred", "Money was moved from one account to another.", Transferred.init,
    Field(1, "from", \.from, "Account that paid."),
    Field(2, "to", \.to, "Account that received."),
    Field(3, "amount", \.amount, "Amount moved, in nano-CPTM."),
    Field(4, "memo", \.memo, "The payer's text."))

  public let from: Address
  public let to: Address
  public let amount: Amount
  public let memo: String

  public var accounts: [Address] { [from, to] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Sets the sender's money aside for a payee, who may post it in parts until it expires.
public struct PlaceHold: Transaction {
  public static let code: UInt32 = 102
  public static let schema = Schema(
    "PlaceHold", "Set the sender's money aside for a payee, who may post it in parts until it expires.", PlaceHold.init,
    Field(1, "payee", \.payee, "Account that may post the hold, or void it; not the sender."),
    Field(2, "amount", \.amount, "Amount to set aside, in nano-CPTM; more than zero."),
    Field(
      3, "expires", \.expires, "When anyone may return the rest to the sender, in milliseconds since the Unix epoch."))

  public let payee: Address
  public let amount: Amount
  public let expires: Timestamp

  public init(payee: Address, amount: Amount, expires: Timestamp) {
    self.payee = payee
    self.amount = amount
    self.expires = expires
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    guard payee != context.sender else { throw Money.reject(.selfTransfer, "\(payee) cannot hold money for itself") }
    let latest = context.moment.time.adding(seconds: Money.parameters(in: state).maximumHoldSeconds)
    guard expires > context.moment.time, expires <= latest else {
      throw Money.reject(
        .invalidExpiry,
        "expires \(expires.milliseconds); expected after \(context.moment.time.milliseconds), at most \(latest.milliseconds)"
      )
    }
    let hold = Hold(owner: context.sender, payee: payee, amount: amount, purpose: .payment, expires: expires)
    try Money.place(hold, as: context.newIdentifier, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> PlaceHold {
    let available = Money.account(sender, in: state).available.nano
    return PlaceHold(
      payee: Money.someAccount(&random, in: state), amount: Amount(nano: available / 16 + UInt64(random.below(100))),
      expires: moment.time.adding(seconds: UInt64(random.below(60))))
  }
}

/// Money was set aside.
public struct HoldPlaced: Event {
  public static let code: UInt32 = 152
  public static let schema = Schema(
    "HoldPlaced", "Money was set aside.", HoldPlaced.init,
    Field(1, "hold", \.hold, "Id of the hold."),
    Field(2, "owner", \.owner, "Account whose money it is."),
    Field(3, "payee", \.payee, "Account that may post it; missing when a module decides."),
    Field(4, "amount", \.amount, "Amount set aside, in nano-CPTM."),
    Field(5, "purpose", \.purpose, "Why it is set aside."))

  public let hold: Identifier
  public let owner: Address
  public let payee: Address?
  public let amount: Amount
  public let purpose: Hold.Purpose

  public var accounts: [Address] { [owner] + (payee.map { [$0] } ?? []) }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Gives a hold up as its payee: what is left returns to its owner.
public struct VoidHold: Transaction {
  public static let code: UInt32 = 104
  public static let schema = Schema(
    "VoidHold", "Give a hold up as its payee: what is left returns to its owner.", VoidHold.init,
    Field(1, "hold", \.hold, "Id of the hold."))

  public let hold: Identifier

  public init(hold: Identifier) { self.hold = hold }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    guard try Money.hold(hold, in: state).payee == context.sender else {
      throw Money.reject(.notTheHoldParty, "only the payee may void hold \(hold); it expires otherwise")
    }
    try Money.release(hold, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> VoidHold { VoidHold(hold: Money.someHold(&random, in: state) { $0.payee == sender }.id) }
}

/// What was left of a hold returned to its owner.
public struct HoldReleased: Event {
  public static let code: UInt32 = 154
  public static let schema = Schema(
    "HoldReleased", "What was left of a hold returned to its owner.", HoldReleased.init,
    Field(1, "hold", \.hold, "Id of the hold."),
    Field(2, "owner", \.owner, "Account whose money it is."),
    Field(3, "amount", \.amount, "Amount that returned, in nano-CPTM."))

  public let hold: Identifier
  public let owner: Address
  public let amount: Amount

  public var accounts: [Address] { [owner] }
}

public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Returns a hold whose time has passed to its owner; anyone may do it.
public struct ExpireHold: Transaction {
  public static let code: UInt32 = 105
  public static let schema = Schema(
    "ExpireHold", "Return a hold whose time has passed to its owner; anyone may do it.", ExpireHold.init,
    Field(1, "hold", \.hold, "Id of the hold."))

  public let hold: Identifier

  public init(hold: Identifier) { self.hold = hold }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let pending = try Money.hold(hold, in: state)
    guard let expires = pending.expires else {
      throw Money.reject(.holdNotExpired, "hold \(hold) ends with the deal or offer that placed it")
    }
    guard context.moment.time >= expires else {
      throw Money.reject(.holdNotExpired, "hold \(hold) expires at \(expires.milliseconds)")
    }
    try Money.release(hold, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> ExpireHold {
    ExpireHold(hold: Money.someHold(&random, in: state) { $0.expires.map { $0 <= moment.time } ?? false }.id)
  }
}

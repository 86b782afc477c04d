public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Takes part or all of a hold as its payee; what is left stays pending.
public struct PostHold: Transaction {
  public static let code: UInt32 = 103
  public static let schema = Schema(
    "PostHold", "Take part or all of a hold as its payee; what is left stays pending.", PostHold.init,
    Field(1, "hold", \.hold, "Id of the hold."),
    Field(2, "amount", \.amount, "Amount to take, in nano-CPTM; more than zero, at most what is left."))

  public let hold: Identifier
  public let amount: Amount

  public init(hold: Identifier, amount: Amount) {
    self.hold = hold
    self.amount = amount
  }

  public func apply(to state: inout State, in context: Context) throws(Rejection) {
    let pending = try Money.hold(hold, in: state)
    guard amount > .zero else { throw Money.reject(.zeroAmount, "posting needs an amount greater than zero") }
    guard pending.payee == context.sender else {
      throw Money.reject(.notTheHoldParty, "only the payee may post hold \(hold)")
    }
    guard let expires = pending.expires, context.moment.time < expires else {
      throw Money.reject(.holdExpired, "hold \(hold) could be posted until \(pending.expires?.milliseconds ?? 0)")
    }
    try Money.post(amount, of: hold, to: context.sender, in: &state)
  }

  public static func plausible(
    _ random: inout Random, from sender: Address, in state: borrowing State, at moment: Moment
  ) -> PostHold {
    let (id, hold) = Money.someHold(&random, in: state) { $0.payee == sender }
    return PostHold(hold: id, amount: Amount(nano: hold.nano / 2 + UInt64(random.below(2))))
  }
}

/// Part of a hold was paid.
public struct HoldPosted: Event {
  public static let code: UInt32 = 153
  public static let schema = Schema(
    "HoldPosted", "Part of a hold was paid.", HoldPosted.init,
    Field(1, "hold", \.hold, "Id of the hold."),
    Field(2, "owner", \.owner, "Account that paid."),
    Field(3, "payee", \.payee, "Account that was paid."),
    Field(4, "amount", \.amount, "Amount paid, in nano-CPTM."))

  public let hold: Identifier
  public let owner: Address
  public let payee: Address
  public let amount: Amount

  public var accounts: [Address] { [owner, payee] }
}

extension Money {
  /// An account that a random look finds, and a made-up one otherwise.
  static func someAccount(_ random: inout Random, in state: borrowing State) -> Address {
    random.pick(state.rows(of: accounts, limit: 16))?.key ?? .sample(&random)
  }

  /// A pending hold that satisfies `isWanted` when a random look finds one, and a made-up id otherwise.
  static func someHold(
    _ random: inout Random, in state: borrowing State, where isWanted: (Hold) -> Bool
  ) -> (id: Identifier, amount: Amount) {
    let found = state.rows(of: holds, from: .sample(&random), limit: 16).filter { isWanted($0.row) }
    return random.pick(found).map { ($0.key, $0.row.amount) } ?? (.sample(&random), .zero)
  }
}

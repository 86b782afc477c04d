public import Cryptography
public import LedgerKit
public import StateTree

/// How other modules move money: every path keeps the sum of what accounts and vaults have equal to the supply.
extension Money {
  /// What `owner` has; an account that was never used has nothing.
  public static func account(_ owner: Address, in state: borrowing State) -> Account {
    state[accounts, owner] ?? .empty
  }

  public static func transfer(
    _ amount: Amount, from sender: Address, to receiver: Address, in state: inout State
  ) throws(Rejection) {
    try debit(amount, from: sender, in: &state)
    try credit(amount, to: receiver, in: &state)
  }

  /// Sets money of `hold.owner` aside under `id`.
  public static func place(_ hold: Hold, as id: Identifier, in state: inout State) throws(Rejection) {
    guard hold.amount > .zero else { throw reject(.zeroAmount, "a hold needs an amount greater than zero") }
    guard state[holds, id] == nil else { fatalError("hold \(id) is placed twice") }
    try debit(hold.amount, from: hold.owner, in: &state)
    var owner = account(hold.owner, in: state)
    owner[hold.purpose] = try owner[hold.purpose].adding(hold.amount)
    state[accounts, hold.owner] = owner
    state[holds, id] = hold
    state.emit(
      HoldPlaced(hold: id, owner: hold.owner, payee: hold.payee, amount: hold.amount, purpose: hold.purpose))
  }

  /// Pays part of a hold to `payee`; the hold ends when nothing is left.
  public static func post(
    _ amount: Amount, of id: Identifier, to payee: Address, in state: inout State
  ) throws(Rejection) {
    guard amount > .zero else { return }
    let hold = try hold(id, in: state)
    try reduce(hold, id, by: amount, in: &state)
    try credit(amount, to: payee, in: &state)
    state.emit(HoldPosted(hold: id, owner: hold.owner, payee: payee, amount: amount))
  }

  /// Returns what is left of a hold to its owner, and ends it.
  public static func release(_ id: Identifier, in state: inout State) throws(Rejection) {
    let hold = try hold(id, in: state)
    try reduce(hold, id, by: hold.amount, in: &state)
    try credit(hold.amount, to: hold.owner, in: &state)
    state.emit(HoldReleased(hold: id, owner: hold.owner, amount: hold.amount))
  }

  /// What is left of a hold; nothing when it has ended.
  public static func remaining(of id: Identifier, in state: borrowing State) -> Amount {
    state[holds, id]?.amount ?? .zero
  }

  /// The state key of a hold, for the evidence of queries that tell what is left of it.
  public static func evidence(ofHold id: Identifier) -> [UInt8] { holds.path(id) }

  static func hold(_ id: Identifier, in state: borrowing State) throws(Rejection) -> Hold {
    guard let hold = state[holds, id] else { throw reject(.unknownHold, "no pending hold has the id \(id)") }
    return hold
  }

  static func credit(_ amount: Amount, to owner: Address, in state: inout State) throws(Rejection) {
    var account = account(owner, in: state)
    account.available = try account.available.adding(amount)
    state[accounts, owner] = account
  }

  static func debit(_ amount: Amount, from owner: Address, in state: inout State) throws(Rejection) {
    var account = account(owner, in: state)
    guard let rest = account.available.subtracting(amount) else {
      throw reject(.insufficientFunds, "\(owner) has \(account.available) available; \(amount) is needed")
    }
    account.available = rest
    state[accounts, owner] = account
  }

  private static func reduce(
    _ hold: Hold, _ id: Identifier, by amount: Amount, in state: inout State
  ) throws(Rejection) {
    guard let rest = hold.amount.subtracting(amount) else {
      throw reject(.insufficientFunds, "the hold has \(hold.amount) left; \(amount) is asked for")
    }
    var owner = account(hold.owner, in: state)
    guard let total = owner[hold.purpose].subtracting(amount) else {
      fatalError("corrupt state: \(hold.owner) holds less than hold \(id)")
    }
    owner[hold.purpose] = total
    state[accounts, hold.owner] = owner
    var reduced = hold
    reduced.amount = rest
    state[holds, id] = rest > .zero ? reduced : nil
  }
}

extension Account {
  /// The total set aside for `purpose`.
  subscript(purpose: Hold.Purpose) -> Amount {
    get {
      switch purpose {
      case .payment: held
      case .bond: bonded
      }
    }
    set {
      switch purpose {
      case .payment: held = newValue
      case .bond: bonded = newValue
      }
    }
  }
}

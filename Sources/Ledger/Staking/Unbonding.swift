public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// Stake on its way back to its owner.
public struct Unbonding: Record, Departure {
  public static let schema = Schema(
    "Unbonding", "Stake on its way back to its owner.", Unbonding.init,
    Field(1, "delegator", \.delegator, "Account whose stake it is."),
    Field(2, "validator", \.validator, "Validator that it was bonded with."),
    Field(3, "amount", \.amount, "What left the validator, in nano-CPTM, before later slashes."),
    Field(4, "started", \.started, "Height at which it left."),
    Field(5, "bondedUntil", \.bondedUntil, "Last height whose faults it answers for."),
    Field(6, "slashesBefore", \.slashesBefore, "Slashes of the validator that it paid its part of before it left."))

  public let delegator: Address
  public let validator: Address
  public let amount: Amount
  public let started: UInt64
  public let bondedUntil: UInt64
  public let slashesBefore: UInt64

  var source: Address { validator }
}

extension Staking {
  /// Writes an unbonding; returns the height at which it matures.
  static func enqueue(_ unbonding: Unbonding, as id: Identifier, in state: inout State) -> UInt64 {
    let maturity = unbonding.bondedUntil + parameters(in: state).unbondingBlocks
    state[unbondings, Maturity(maturity, id)] = unbonding
    state[unbondingsByOwner, Pair(unbonding.delegator, Maturity(maturity, id))] = true
    return maturity
  }

  /// Pays what has matured, as far as one block does.
  static func payMatured(at height: UInt64, in state: inout State) {
    for (key, unbonding) in due(unbondings, at: height, in: state) {
      state[unbondings, key] = nil
      state[unbondingsByOwner, Pair(unbonding.delegator, key)] = nil
      let paid = remainder(of: unbonding.amount, after: unbonding, in: state)
      let burned = unbonding.amount.remaining(after: paid)
      Money.burn(burned, from: unbondingVault, in: &state)
      Money.withdraw(paid, from: unbondingVault, to: unbonding.delegator, in: &state)
      state.emit(
        StakeReturned(unbonding: key.second, delegator: unbonding.delegator, paid: paid, burned: burned))
    }
  }

  /// The first entries of a queue whose height has come, up to what one block does.
  static func due<Entry: Record>(
    _ queue: Table<Maturity, Entry>, at height: UInt64, in state: borrowing State
  ) -> [(key: Maturity, row: Entry)] {
    let limit = Int(parameters(in: state).maximumMaturitiesPerBlock)
    return Array(state.rows(of: queue, limit: limit).prefix { $0.key.first <= height })
  }
}

/// Unbonded stake returned to its owner.
public struct StakeReturned: Event {
  public static let code: UInt32 = 255
  public static let schema = Schema(
    "StakeReturned", "Unbonded stake returned to its owner.", StakeReturned.init,
    Field(1, "unbonding", \.unbonding, "Id of the unbonding."),
    Field(2, "delegator", \.delegator, "Account that was paid."),
    Field(3, "paid", \.paid, "Amount paid, in nano-CPTM."),
    Field(4, "burned", \.burned, "What slashes of its validator took and destroyed, in nano-CPTM."))

  public let unbonding: Identifier
  public let delegator: Address
  public let paid: Amount
  public let burned: Amount

  public var accounts: [Address] { [delegator] }
}

public import Cryptography
public import LedgerKit
public import StateTree

/// Money that a module keeps for many accounts together, and money that comes into being or ceases to be.
///
/// A vault belongs to no account, so no transfer reaches it: what is in it is exactly what its module put there.
extension Money {
  /// What a vault holds.
  public static func content(of vault: Address, in state: borrowing State) -> Amount { state[vaults, vault] ?? .zero }

  /// Moves money of `owner` into a vault.
  public static func deposit(
    _ amount: Amount, from owner: Address, into vault: Address, in state: inout State
  ) throws(Rejection) {
    try debit(amount, from: owner, in: &state)
    add(amount, to: vault, in: &state)
  }

  /// Moves money of a vault to `owner`.
  public static func withdraw(_ amount: Amount, from vault: Address, to owner: Address, in state: inout State) {
    remove(amount, from: vault, in: &state)
    var account = account(owner, in: state)
    account.available = Amount(nano: account.available.nano + amount.nano)
    state[accounts, owner] = account
  }

  /// Moves money from one vault to another.
  public static func move(_ amount: Amount, from source: Address, to target: Address, in state: inout State) {
    remove(amount, from: source, in: &state)
    add(amount, to: target, in: &state)
  }

  /// Creates money for `owner`; rejected as `ledger.overflow` when the supply would not fit in 64 bits.
  public static func mint(_ amount: Amount, to owner: Address, in state: inout State) throws(Rejection) {
    state[supply, Only()] = Supply(total: try total(in: state).adding(amount))
    try credit(amount, to: owner, in: &state)
  }

  /// Destroys money of a vault.
  public static func burn(_ amount: Amount, from vault: Address, in state: inout State) {
    remove(amount, from: vault, in: &state)
    state[supply, Only()] = Supply(total: Amount(nano: total(in: state).nano - amount.nano))
  }

  static func total(in state: borrowing State) -> Amount { state[supply, Only()]?.total ?? .zero }

  /// Never overflows: all there is fits in 64 bits.
  private static func add(_ amount: Amount, to vault: Address, in state: inout State) {
    let sum = Amount(nano: content(of: vault, in: state).nano + amount.nano)
    state[vaults, vault] = sum > .zero ? sum : nil
  }

  private static func remove(_ amount: Amount, from vault: Address, in state: inout State) {
    let content = content(of: vault, in: state)
    guard let rest = content.subtracting(amount) else {
      fatalError("corrupt state: vault \(vault) has \(content); \(amount) is taken from it")
    }
    state[vaults, vault] = rest > .zero ? rest : nil
  }
}

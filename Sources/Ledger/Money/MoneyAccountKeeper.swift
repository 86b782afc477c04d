public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

extension Money: AccountKeeper {

  /// Exactly one key acts for an account: the one that its address follows from, until another was set.
  public static func authorize(
    _ keys: [PublicKey], for account: Address, in state: borrowing State
  ) throws(Rejection) {
    let current = state[accounts, account]?.key
    let isAuthorized =
      keys.count == 1
      && keys.allSatisfy { key in
        if let current { key == current } else { Address(key) == account }
      }
    guard isAuthorized else {
      throw reject(.notAuthorized, "\(account) is signed for by one key\(current.map { ", \($0.didKey)" } ?? "")")
    }
  }

  public static func charge(
    _ fee: Amount, to sender: Address, size: Int, in state: inout State
  ) throws(Rejection) {
    let minimum = try minimumFee(size: size, in: state)
    guard fee >= minimum else {
      throw reject(.feeTooLow, "the fee is \(fee.nano) nano-CPTM; \(size) bytes cost at least \(minimum.nano)")
    }
    guard fee > .zero else { return }
    try transfer(fee, from: sender, to: feeAccount, in: &state)
    state.emit(FeeCharged(payer: sender, amount: fee))
  }

  /// The least fee of a transaction of `size` bytes.
  public static func minimumFee(size: Int, in state: borrowing State) throws(Rejection) -> Amount {
    let parameters = state[parameters, Only()] ?? .standard
    let (perSize, overflow) = parameters.feePerByte.nano.multipliedReportingOverflow(by: UInt64(size))
    guard !overflow else { throw LedgerReason.overflow.rejection("the fee for \(size) bytes does not fit in 64 bits") }
    return try parameters.feeBase.adding(Amount(nano: perSize))
  }
}

/// A fee was paid.
public struct FeeCharged: Event {
  public static let code: UInt32 = 157
  public static let schema = Schema(
    "FeeCharged", "A fee was paid.", FeeCharged.init,
    Field(1, "payer", \.payer, "Account that paid."),
    Field(2, "amount", \.amount, "Amount paid, in nano-CPTM."))

  public let payer: Address
  public let amount: Amount

  public var accounts: [Address] { [payer] }
}

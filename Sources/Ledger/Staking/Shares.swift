internal import LedgerKit

/// Stake is held in shares: a slash lowers what each is worth, and touches no delegation.
///
/// Every rounding is in favour of the tokens that stay, so all shares together are never worth more than there is.
extension Validator {
  /// What `count` of the shares are worth, rounded down.
  func worth(of count: UInt64) -> Amount {
    guard count > 0 else { return .zero }
    guard let worth = tokens.scaled(by: count, over: shares) else {
      fatalError("corrupt state: \(count) of \(shares) shares")
    }
    return worth
  }

  /// The fewest shares that are worth `amount`, which is more than nothing and at most all tokens.
  func sharesCovering(_ amount: Amount) -> UInt64 {
    let (quotient, remainder) = tokens.nano.dividingFullWidth(shares.multipliedFullWidth(by: amount.nano))
    return remainder > 0 ? quotient + 1 : quotient
  }

  /// Takes tokens in; returns the shares given for them, rounded down. The first ones are worth a nano-CPTM each.
  mutating func issue(for amount: Amount) throws(Rejection) -> UInt64 {
    guard shares == 0 || tokens > .zero else {
      throw Staking.reject(.worthlessShares, "all tokens behind the \(shares) shares were slashed")
    }
    let issued = shares == 0 ? amount.nano : amount.scaled(by: shares, over: tokens.nano)?.nano
    guard let issued, case let (sum, overflow) = shares.addingReportingOverflow(issued), !overflow else {
      throw Staking.reject(.tooManyShares, "\(amount) would make more than 2^64 shares beside the \(shares)")
    }
    guard issued > 0 else { throw Staking.reject(.belowMinimum, "\(amount) is less than one share is worth") }
    tokens = try tokens.adding(amount)
    shares = sum
    return issued
  }

  /// Gives `count` shares up; returns the tokens that go with them: `amount`, and all there are with the last share.
  mutating func redeem(_ count: UInt64, for amount: Amount) -> Amount {
    let paid = count == shares ? tokens : amount
    shares -= count
    tokens = Amount(nano: tokens.nano - paid.nano)
    return paid
  }
}

extension Amount {
  /// What a slash leaves, rounded down against who is slashed.
  func slashed(by basisPoints: UInt32) -> Amount {
    guard let rest = scaled(by: 10_000 - UInt64(basisPoints), over: 10_000) else {
      fatalError("a part above the whole")
    }
    return rest
  }
}

import LedgerKit
import Money

extension MoneyParameters {
  /// The standard parameters but for what is given.
  init(
    feeBase: Amount = .zero, feePerByte: Amount = .zero, mintLimit: Amount = MoneyParameters.standard.mintLimit
  ) {
    self.init(
      feeBase: feeBase, feePerByte: feePerByte, maximumHoldSeconds: MoneyParameters.standard.maximumHoldSeconds,
      mintLimit: mintLimit)
  }
}

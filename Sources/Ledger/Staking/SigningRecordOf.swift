public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

/// Which blocks of the window an active validator missed.
public struct SigningRecordOf: Query {
  public static let schema = Schema(
    "SigningRecordOf", "Which blocks of the window an active validator missed.", SigningRecordOf.init,
    Field(1, "validator", \.validator, "Operator of the validator."))

  public let validator: Address

  public init(validator: Address) { self.validator = validator }

  public func answer(from state: borrowing State, at moment: Moment) throws(Rejection) -> SigningRecord {
    _ = try Staking.validator(validator, in: state)
    guard let record = state[Staking.signingRecords, validator] else {
      throw Staking.reject(.notActive, "the validator of \(validator) is not in the active set")
    }
    return record
  }
  public var evidence: [[UInt8]] { [Staking.signingRecords.path(validator)] }
}

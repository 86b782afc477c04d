public import Cryptography
public import Encoding
public import LedgerKit
public import StateTree

extension Staking {
  /// Punishes what the engine proved, once for each validator: who signed two blocks of one height never returns.
  static func punishFaults(in block: BlockContext, _ state: inout State) {
    let parameters = parameters(in: state)
    for fault in block.report.faults {
      guard let address = state[consensusAddresses, fault.validator], fault.height <= block.moment.height,
        block.moment.height - fault.height <= parameters.unbondingBlocks,
        !knownValidator(address, in: state).isTombstoned
      else { continue }
      slash(
        address, basisPoints: parameters.doubleSignSlashBasisPoints, faultHeight: fault.height, at: block.moment,
        in: &state)
      jail(address, until: Timestamp(milliseconds: .max), isTombstoned: true, at: block.moment.height, in: &state)
    }
  }

  /// Notes who missed the block before, and punishes who missed too many.
  static func countMissed(in block: BlockContext, _ state: inout State) {
    guard block.moment.height > 0 else { return }
    let (parameters, signed) = (parameters(in: state), block.moment.height - 1)
    for vote in block.report.votes {
      guard let address = state[consensusAddresses, vote.validator], var record = state[signingRecords, address],
        knownValidator(address, in: state).jailedUntil == nil,
        record.note(missed: !vote.hasSigned, at: signed, windowBlocks: parameters.windowBlocks)
      else { continue }
      state[signingRecords, address] = record
      guard record.missed > parameters.maximumMissedBlocks else { continue }
      slash(
        address, basisPoints: parameters.downtimeSlashBasisPoints, faultHeight: signed, at: block.moment, in: &state)
      let release = block.moment.time.adding(seconds: parameters.downtimeJailSeconds)
      jail(address, until: release, isTombstoned: false, at: block.moment.height, in: &state)
    }
  }

  private static func jail(
    _ address: Address, until release: Timestamp, isTombstoned: Bool, at height: UInt64, in state: inout State
  ) {
    var validator = knownValidator(address, in: state)
    validator.jailedUntil = release
    validator.isTombstoned = isTombstoned
    save(validator, of: address, in: &state)
    retire(address, at: height, in: &state)
    state.emit(Jailed(validator: address, until: isTombstoned ? nil : release))
  }
}

/// A validator may not be elected any more.
public struct Jailed: Event {
  public static let code: UInt32 = 261
  public static let schema = Schema(
    "Jailed", "A validator may not be elected any more.", Jailed.init,
    Field(1, "validator", \.validator, "Operator of the validator."),
    Field(
      2, "until", \.until, "When it may leave jail, in milliseconds since the Unix epoch; missing when it never may."))

  public let validator: Address
  public let until: Timestamp?

  public var accounts: [Address] { [validator] }
}

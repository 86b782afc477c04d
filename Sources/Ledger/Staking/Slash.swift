public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

/// One slash of a validator, kept for the stake that left it before and answers for the fault nevertheless.
public struct Slash: Record {
  public static let schema = Schema(
    "Slash", "One slash of a validator, kept for the stake that left it before and answers nevertheless.", Slash.init,
    Field(1, "faultHeight", \.faultHeight, "Height of the fault."),
    Field(2, "recorded", \.recorded, "Height at which it was punished."),
    Field(3, "basisPoints", \.basisPoints, "Part of the stake that it cost, in hundredths of a percent."))

  public let faultHeight: UInt64
  public let recorded: UInt64
  public let basisPoints: UInt32
}

/// A claim of stake that left a validator and still answers for its faults.
protocol Departure {
  /// Validator that the stake left.
  var source: Address { get }
  /// Last height at which the stake may have counted.
  var bondedUntil: UInt64 { get }
  /// How often the validator had been slashed when the stake left: it paid its part of those.
  var slashesBefore: UInt64 { get }
}

extension Staking {
  /// Takes a part of all that stands behind a validator, rounded up, and notes it for the stake that left before.
  static func slash(
    _ address: Address, basisPoints: UInt32, faultHeight: UInt64, at moment: Moment, in state: inout State
  ) {
    guard basisPoints > 0 else { return }
    forgetSlashes(of: address, in: &state)
    var validator = knownValidator(address, in: state)
    let rest = validator.tokens.slashed(by: basisPoints)
    let burned = validator.tokens.remaining(after: rest)
    state[slashes, Pair(address, validator.slashes)] = Slash(
      faultHeight: faultHeight, recorded: moment.height, basisPoints: basisPoints)
    validator.tokens = rest
    validator.slashes += 1
    save(validator, of: address, in: &state)
    Money.burn(burned, from: bondedVault, in: &state)
    state.emit(Slashed(validator: address, faultHeight: faultHeight, basisPoints: basisPoints, burned: burned))
  }

  /// What is left of `amount` that left its validator: every slash since, for a fault before it stopped counting, takes its part,
  /// rounded up.
  static func remainder(of amount: Amount, after departure: some Departure, in state: borrowing State) -> Amount {
    state.rows(of: slashes, under: departure.source, from: departure.slashesBefore)
      .filter { $0.row.faultHeight <= departure.bondedUntil }
      .reduce(amount) { $0.slashed(by: $1.row.basisPoints) }
  }

  /// Removes the slashes of a validator that are older than all stake that still waits.
  private static func forgetSlashes(of address: Address, in state: inout State) {
    let waiting = [
      state.rows(of: unbondings, limit: 1).first?.key.first, state.rows(of: redelegations, limit: 1).first?.key.first
    ]
    let earliest = waiting.compactMap { $0 }.min() ?? .max
    let parameters = parameters(in: state)
    // What ends at `earliest` left its validator that long before at the most.
    let longest = parameters.unbondingBlocks + parameters.epochBlocks
    for (key, slash) in state.rows(of: slashes, under: address) {
      guard slash.recorded + longest <= earliest else { return }
      state[slashes, key] = nil
    }
  }
}

/// Stake was taken from a validator for a fault.
public struct Slashed: Event {
  public static let code: UInt32 = 262
  public static let schema = Schema(
    "Slashed", "Stake was taken from a validator for a fault.", Slashed.init,
    Field(1, "validator", \.validator, "Operator of the validator."),
    Field(2, "faultHeight", \.faultHeight, "Height of the fault."),
    Field(3, "basisPoints", \.basisPoints, "Part of the stake that it costs, in hundredths of a percent."),
    Field(4, "burned", \.burned, "What was taken from the bonded stake and destroyed, in nano-CPTM."))

  public let validator: Address
  public let faultHeight: UInt64
  public let basisPoints: UInt32
  public let burned: Amount

  public var accounts: [Address] { [validator] }
}

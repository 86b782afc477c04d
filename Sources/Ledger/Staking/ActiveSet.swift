internal import Cryptography
internal import Encoding
public import LedgerKit
public import StateTree

/// The powers that one block changed.
struct PowerChanges: Record {
  static let schema = Schema(
    "PowerChanges", "The powers that one block changed.", PowerChanges.init,
    Field(1, "height", \.height, "Height of the block."),
    Field(2, "changes", \.changes, "What the engine is told, in the order of the keys."))

  let height: UInt64
  let changes: [ValidatorPower]
}

extension Staking: ValidatorKeeper {
  public static func validators(in state: borrowing State) -> [ValidatorPower] {
    state.rows(of: activeSet).map(\.row).sorted { $0.key < $1.key }
  }

  public static func powerChanges(at moment: Moment, in state: borrowing State) -> [ValidatorPower] {
    guard let told = state[powerChanges, Only()], told.height == moment.height else { return [] }
    return told.changes
  }

  /// What left its validator answers for that long after it stopped counting.
  public static func evidenceAgeBlocks(in state: borrowing State) -> UInt64 { parameters(in: state).unbondingBlocks }
}

extension Staking {
  /// Makes the validators with the most stake the active set. When none may be elected it stays as it is, for an engine without
  /// validators never makes a block again.
  static func elect(at height: UInt64, in state: inout State) {
    let parameters = parameters(in: state)
    let elected = state.rows(of: ranking, limit: Int(parameters.maximumValidators)).map(\.key).prefix(
      while: \.isEligible)
    guard !elected.isEmpty else { return }
    let addresses = Set(elected.map(\.address))
    var changes: [ValidatorPower] = []
    for (address, active) in state.rows(of: activeSet) where !addresses.contains(address) {
      changes.append(dismiss(address, active, in: &state))
    }
    for rank in elected {
      let power = rank.tokens.nano / parameters.powerUnit.nano
      if let change = appoint(rank.address, power, at: height, in: &state) { changes.append(change) }
    }
    tell(changes, at: height, in: &state)
  }

  /// Takes a jailed validator out of the active set before the epoch ends; the last one stays until there is another. It has paid for
  /// what it missed.
  static func retire(_ address: Address, at height: UInt64, in state: inout State) {
    state[signingRecords, address] = nil
    guard let active = state[activeSet, address] else { return }
    guard state.rows(of: activeSet, limit: 2).count == 2 else {
      state[signingRecords, address] = SigningRecord(since: height)
      return
    }
    tell([dismiss(address, active, in: &state)], at: height, in: &state)
  }

  /// Gives a validator its power; returns what the engine does not know yet.
  private static func appoint(
    _ address: Address, _ power: UInt64, at height: UInt64, in state: inout State
  ) -> ValidatorPower? {
    let active = ValidatorPower(key: knownValidator(address, in: state).consensusKey, power: power)
    let before = state[activeSet, address]
    guard active != before else { return nil }
    if state[signingRecords, address] == nil { state[signingRecords, address] = SigningRecord(since: height) }
    state[activeSet, address] = active
    return active
  }

  /// What it missed stays with a validator that is not elected: going and coming back clears no record.
  private static func dismiss(_ address: Address, _ active: ValidatorPower, in state: inout State) -> ValidatorPower {
    state[activeSet, address] = nil
    return ValidatorPower(key: active.key, power: 0)
  }

  /// Adds to what the engine is told of this block.
  private static func tell(_ changes: [ValidatorPower], at height: UInt64, in state: inout State) {
    guard !changes.isEmpty else { return }
    let told = state[powerChanges, Only()]
    let earlier = told?.height == height ? told?.changes ?? [] : []
    state[powerChanges, Only()] = PowerChanges(height: height, changes: (earlier + changes).sorted { $0.key < $1.key })
  }
}

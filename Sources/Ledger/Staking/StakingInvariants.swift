internal import Cryptography
internal import Encoding
internal import LedgerKit
internal import Money
internal import StateTree

extension Staking {
  /// What the vaults hold is what validators and unbondings say.
  static let vaultsInvariant = Invariant("bonded vault = tokens of validators; unbonding vault = unbondings") { state in
    let bonded = state.rows(of: validators).map(\.row.tokens).total
    let unbonding = state.rows(of: unbondings).map(\.row.amount).total
    let found = [Money.content(of: bondedVault, in: state), Money.content(of: unbondingVault, in: state)]
    return found == [bonded, unbonding]
      ? nil : "the vaults have \(found), of \(bonded) bonded and \(unbonding) unbonding"
  }

  /// All shares are somebody's; together they are worth what there is, or less by the roundings: under a nano-CPTM for each delegation.
  static let sharesInvariant = Invariant("Σ shares = shares; tokens − Σ worth < delegations") { state in
    var sums: [Address: (shares: UInt64, worth: UInt64, count: Int)] = [:]
    for (key, delegation) in state.rows(of: delegations) {
      if delegation.shares == 0, delegation.rewards == .zero { return "\(key.first) has an empty row" }
      let sum = sums[key.second] ?? (0, 0, 0)
      let worth = knownValidator(key.second, in: state).worth(of: delegation.shares).nano
      sums[key.second] = (sum.shares + delegation.shares, sum.worth + worth, sum.count + 1)
    }
    for (address, validator) in state.rows(of: validators) {
      let sum = sums[address] ?? (0, 0, 0)
      if sum.shares != validator.shares { return "\(address) has \(validator.shares) shares, not \(sum.shares)" }
      guard let rest = validator.tokens.subtracting(Amount(nano: sum.worth)), rest.nano < max(sum.count, 1) else {
        return "\(address) has \(validator.tokens) for \(sum.count) delegations worth \(sum.worth)"
      }
    }
    return nil
  }

  /// Everything that was earned can be paid.
  static let rewardsInvariant = Invariant("rewards vault ≥ pending rewards + commissions") { state in
    var due = state.rows(of: validators).map(\.row.commission).total.nano
    for (key, delegation) in state.rows(of: delegations) {
      due += delegation.rewards(at: knownValidator(key.second, in: state).rewardIndex).nano
    }
    let content = Money.content(of: rewardsVault, in: state)
    return due <= content.nano ? nil : "the vault has \(content); \(Amount(nano: due)) can be collected"
  }

  /// The ranking has every validator once, where its stake puts it, and keys lead back to their validators.
  static let rankingInvariant = Invariant("ranking and keys = validators") { state in
    let validators = state.rows(of: validators)
    for (address, validator) in validators {
      let isEligible = isEligible(validator, of: address, in: state)
      if isEligible != validator.isEligible { return "\(address) is wrongly \(isEligible ? "not " : "")eligible" }
      if state[ranking, validator.rank(of: address)] != true { return "\(address) is not in its place" }
      let found = state[consensusAddresses, ConsensusAddress(validator.consensusKey)]
      if found != address { return "the key of \(address) leads to \(found?.description ?? "nobody")" }
      if validator.isTombstoned, validator.jailedUntil != Timestamp(milliseconds: .max) {
        return "\(address) may return"
      }
    }
    let counts = [state.rows(of: ranking).count, state.rows(of: consensusAddresses).count]
    return counts == [validators.count, validators.count] ? nil : "\(counts) places and keys of \(validators.count)"
  }

  /// The engine knows validators by their keys, no more than the network has places, and each has its record.
  static let activeSetInvariant = Invariant("active set ⊆ signing records ⊆ validators, within the maximum") { state in
    let active = state.rows(of: activeSet)
    for (address, power) in active where state[validators, address]?.consensusKey != power.key || power.power == 0 {
      return "\(address) is active with the power \(power.power) of \(power.key)"
    }
    let jailed = active.filter { knownValidator($0.key, in: state).jailedUntil != nil }
    if !jailed.isEmpty, active.count > 1 { return "\(jailed.map(\.key)) are jailed and active" }
    guard active.count <= parameters(in: state).maximumValidators else { return "\(active.count) are active" }
    let records = state.rows(of: signingRecords)
    for (address, record) in records
    where record.missed != record.window.array.reduce(0, { $0 + UInt64($1.nonzeroBitCount) }) {
      return "\(address) missed \(record.missed) blocks, and its window shows others"
    }
    let unrecorded = active.filter { state[signingRecords, $0.key] == nil }
    let unknown = records.filter { state[validators, $0.key] == nil }
    return unrecorded.isEmpty && unknown.isEmpty
      ? nil : "\(unrecorded.map(\.key)) have no record, \(unknown.map(\.key)) are no validators"
  }

  /// What waits is found by its owner, and locks as many shares as it says.
  static let queuesInvariant = Invariant("unbondings by owner = unbondings; locked shares = Σ redelegations") { state in
    let unbondings = state.rows(of: unbondings)
    for (key, unbonding) in unbondings where state[unbondingsByOwner, Pair(unbonding.delegator, key)] != true {
      return "\(unbonding.delegator) does not find the unbonding \(key.second)"
    }
    if state.rows(of: unbondingsByOwner).count != unbondings.count { return "an owner finds an unbonding that ended" }
    var locked: [Pair<Address, Address>: UInt64] = [:]
    for (_, redelegation) in state.rows(of: redelegations) {
      let key = Pair(redelegation.delegator, redelegation.target)
      if state[delegations, key] == nil { return "\(key.first) redelegated to \(key.second) and has nothing there" }
      locked[key, default: 0] += redelegation.shares
    }
    for (key, delegation) in state.rows(of: delegations) {
      let shares = locked[key] ?? 0
      guard shares == delegation.lockedShares, shares <= delegation.shares else {
        return
          "\(key.first) has \(delegation.lockedShares) shares locked with \(key.second); \(shares) were redelegated"
      }
    }
    return nil
  }
}

public import Cryptography
public import Encoding
public import LedgerKit
internal import Money
public import StateTree

extension Staking {
  /// Shares the fees and what the block creates among those who signed the block before.
  ///
  /// Each has the part that its power is of all power, absent validators counted: nobody gains by leaving out another's vote. What nobody
  /// receives, and all remainders, stay with the fees for the next block. A chain whose engine reports no votes distributes nothing.
  static func distributeRewards(in block: BlockContext, _ state: inout State) {
    let votes = block.report.votes
    let power = votes.reduce(UInt64(0)) { $0 + $1.power }
    guard power > 0 else { return }
    let emitted = create(emission(in: state).perBlock(at: block.moment.height), in: &state)
    let pot = Money.account(Money.feeAccount, in: state).available
    var distributed: UInt64 = 0
    for vote in votes where vote.hasSigned {
      guard let share = pot.scaled(by: vote.power, over: power) else { fatalError("a part above the whole") }
      distributed += reward(vote.validator, with: share, in: &state).nano
    }
    keep(Amount(nano: distributed), in: &state)
    state.emit(RewardsDistributed(emitted: emitted, distributed: Amount(nano: distributed)))
  }

  /// Creates the block's rewards beside the fees; nothing once the supply would not fit in 64 bits.
  private static func create(_ amount: Amount, in state: inout State) -> Amount {
    do { try Money.mint(amount, to: Money.feeAccount, in: &state) } catch { return .zero }
    return amount
  }

  /// Lets a validator earn `share`; returns what it did: all of it, or nothing when it is jailed or has no shares.
  ///
  /// The commission is rounded down in favour of the delegators. What the index rounds off, less than a nano-CPTM each time, stays in the
  /// vault.
  private static func reward(_ key: ConsensusAddress, with share: Amount, in state: inout State) -> Amount {
    guard share > .zero, let address = state[consensusAddresses, key] else { return .zero }
    var validator = knownValidator(address, in: state)
    guard validator.jailedUntil == nil, validator.shares > 0,
      let commission = share.scaled(by: UInt64(validator.commissionBasisPoints), over: 10_000),
      let index = validator.rewardIndex.raised(by: share.remaining(after: commission), over: validator.shares)
    else { return .zero }
    validator.rewardIndex = index
    validator.commission = Amount(nano: validator.commission.nano + commission.nano)
    state[validators, address] = validator
    return share
  }

  private static func keep(_ amount: Amount, in state: inout State) {
    do { try Money.deposit(amount, from: Money.feeAccount, into: rewardsVault, in: &state) } catch {
      fatalError("more was shared than there is: \(error)")
    }
  }
}

/// Fees and new money were shared among the validators and their delegators.
public struct RewardsDistributed: Event {
  public static let code: UInt32 = 263
  public static let schema = Schema(
    "RewardsDistributed", "Fees and new money were shared among the validators and their delegators.",
    RewardsDistributed.init,
    Field(1, "emitted", \.emitted, "What the block created, in nano-CPTM."),
    Field(2, "distributed", \.distributed, "What was shared, in nano-CPTM."))

  public let emitted: Amount
  public let distributed: Amount

  public var accounts: [Address] { [] }
}

public import LedgerKit
public import StateTree

/// What every block does: bounded by the active set and by the maturities of a block, whatever the tables hold.
extension Staking {
  public static func beginBlock(_ state: inout State, in block: BlockContext) {
    punishFaults(in: block, &state)
    countMissed(in: block, &state)
    distributeRewards(in: block, &state)
  }

  public static func endBlock(_ state: inout State, at moment: Moment) {
    payMatured(at: moment.height, in: &state)
    endRedelegations(at: moment.height, in: &state)
    if moment.height.isMultiple(of: parameters(in: state).epochBlocks) { elect(at: moment.height, in: &state) }
  }
}

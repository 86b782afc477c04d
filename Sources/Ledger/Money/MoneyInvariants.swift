internal import Cryptography
internal import LedgerKit
internal import StateTree

extension Money {
  /// All CPTM is somewhere, and nothing else is anywhere.
  static let supplyInvariant = Invariant("supply = available + held + bonded + vaults") { state in
    var parts = state.rows(of: vaults).map(\.row)
    for (_, account) in state.rows(of: accounts) { parts += [account.available, account.held, account.bonded] }
    var sum: UInt64 = 0
    for part in parts {
      let (next, overflow) = sum.addingReportingOverflow(part.nano)
      guard !overflow else { return "the sum does not fit in 64 bits" }
      sum = next
    }
    let total = total(in: state).nano
    return sum == total ? nil : "the supply is \(total), accounts and vaults have \(sum)"
  }

  /// What accounts say is set aside is what the holds say, owner by owner.
  static let accountTotalsInvariant = Invariant("an account's held and bonded = the sums of its holds") { state in
    var totals: [Address: Account] = [:]
    for (id, hold) in state.rows(of: holds) {
      var total = totals[hold.owner] ?? .empty
      guard hold.amount > .zero, let sum = try? total[hold.purpose].adding(hold.amount) else {
        return "hold \(id) has the amount \(hold.amount)"
      }
      total[hold.purpose] = sum
      totals[hold.owner] = total
    }
    for (owner, account) in state.rows(of: accounts) {
      let total = totals[owner] ?? .empty
      guard account.held == total.held, account.bonded == total.bonded else {
        return
          "\(owner) has \(account.held) held and \(account.bonded) bonded; its holds say \(total.held), \(total.bonded)"
      }
    }
    return nil
  }
}

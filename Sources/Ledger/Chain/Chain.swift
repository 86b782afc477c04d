public import Encoding
public import LedgerKit
internal import Market
internal import Money
internal import Staking
internal import Upgrades

extension Ledger {
  /// The modules of every Conductor Relay network, in the order in which their block hooks run.
  public static let standardModules: [any Module.Type] = [Money.self, Staking.self, Market.self, Upgrades.self]

  /// The upgrades that this version of the ledger knows, oldest first; a name stays here as long as a chain may have it.
  public static let standardUpgrades: [Upgrade] = []

  /// The ledger of a network.
  public init(chain: String, policy: Policy, upgrades: [Upgrade] = standardUpgrades) {
    self.init(
      chain: chain, policy: policy, modules: Self.standardModules, accounts: Money.self, validators: Staking.self,
      upgradeKeeper: Upgrades.self, upgrades: upgrades)
  }

  /// The ledger of the network that `genesis` describes.
  public init(_ genesis: Genesis, upgrades: [Upgrade] = standardUpgrades) throws(FieldError) {
    try genesis.validate()
    self.init(chain: genesis.chain, policy: genesis.policy, upgrades: upgrades)
  }

  /// The ledger of no network in particular: what the modules can do, for programs that read documents of any network.
  public static let standard = Ledger(chain: "", policy: .devnet)
}

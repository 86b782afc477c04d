public import Encoding
public import LedgerKit
internal import Market
internal import Money
internal import Staking

extension Ledger {
  /// The modules of every Conductor Relay network, in the order in which their block hooks run.
  public static let standardModules: [any Module.Type] = [Money.self, Staking.self, Market.self]

  /// The ledger of a network.
  public init(chain: String, policy: Policy) {
    self.init(
      chain: chain, policy: policy, modules: Self.standardModules, accounts: Money.self, validators: Staking.self)
  }

  /// The ledger of the network that `genesis` describes.
  public init(_ genesis: Genesis) throws(FieldError) {
    try genesis.validate()
    self.init(chain: genesis.chain, policy: genesis.policy)
  }

  /// The ledger of no network in particular: what the modules can do, for programs that read documents of any network.
  public static let standard = Ledger(chain: "", policy: .devnet)
}

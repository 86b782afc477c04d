public import Cryptography
public import Encoding
public import LedgerKit

/// What a provider does and has earned.
public struct ProviderStatus: Record, Equatable {
  public static let schema = Schema(
    "ProviderStatus", "What a provider does and has earned.", ProviderStatus.init,
    Field(1, "offer", \.offer, "Id of its offer; missing until it is listed."),
    Field(2, "running", \.running, "Deals it works on now, in the order of their ids."),
    Field(3, "finished", \.finished, "Deals that were paid."),
    Field(4, "earned", \.earned, "What these paid, in nano-CPTM."))

  public let offer: Identifier?
  public let running: [Identifier]
  public let finished: UInt64
  public let earned: Amount
}
